// The one page there is.

const SIGNS = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = written => written.replace(/[&<>"']/g, sign => SIGNS[sign]);

const row = item => `
    <li>
      <form method="post" action="items/${text(item.id)}">
        <button aria-label="Bought: ${text(item.name)}"><span aria-hidden="true">✓</span></button>
        <bdi>${text(item.name)}</bdi>
      </form>
    </li>`;

export const page = (items, problem = '') => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${problem ? `${text(problem)} · ` : ''}Shopping list</title>
  <link rel="icon" href="icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="list.css">
</head>
<body>
<main>
  <h1>Shopping list</h1>
  ${problem ? `<p class="problem" role="alert" id="problem">${text(problem)}</p>` : ''}
  <form class="add" method="post" action="items">
    <label for="name">What is missing?</label>
    <input id="name" name="name" maxlength="80" required autocomplete="off" autofocus${problem ? ' aria-invalid="true" aria-describedby="problem"' : ''}>
    <button>Add</button>
  </form>
  ${items.length ? `<ul>${items.map(row).join('')}\n  </ul>` : '<p class="empty">Nothing. Put your feet up.</p>'}
</main>
</body>
</html>
`;
