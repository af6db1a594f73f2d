// Shows the canvas, paints on it, and looks now and then what others have painted.

const SIDE = 24;
const COLOURS = { a: 'white', b: 'black', c: 'red', d: 'orange', e: 'yellow', f: 'green', g: 'blue', h: 'violet' };

const grid = document.getElementById('canvas');
const status = document.getElementById('status');
const squares = [];
let colour = 'c';

for (const [letter, name] of Object.entries(COLOURS)) {
  const label = document.createElement('label');
  label.className = `colour ${letter}`;
  label.title = name;
  const choice = Object.assign(document.createElement('input'), { type: 'radio', name: 'colour', value: letter, checked: letter === colour });
  choice.setAttribute('aria-label', name);
  choice.addEventListener('change', () => { colour = letter; });
  label.append(choice);
  document.getElementById('palette').append(label);
}

for (let y = 0; y < SIDE; y++) {
  const row = document.createElement('div');
  row.setAttribute('role', 'row');
  for (let x = 0; x < SIDE; x++) {
    const square = Object.assign(document.createElement('button'), { type: 'button', tabIndex: x + y === 0 ? 0 : -1 });
    square.setAttribute('role', 'gridcell');
    square.addEventListener('click', () => paint(x, y));
    square.addEventListener('keydown', (event) => move(event, x, y));
    squares.push(square);
    row.append(square);
  }
  grid.append(row);
}

function show(square, letter, index) {
  square.className = letter;
  square.setAttribute('aria-label', `row ${Math.floor(index / SIDE) + 1}, column ${index % SIDE + 1}: ${COLOURS[letter]}`);
}

function move(event, x, y) {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const target = step && squares[(y + step[1]) * SIDE + x + step[0]];
  if (target && x + step[0] >= 0 && x + step[0] < SIDE) {
    event.preventDefault();
    event.target.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
  }
}

async function paint(x, y) {
  try {
    const answer = await fetch('/squares', { method: 'POST', body: new URLSearchParams({ x, y, colour }) });
    if (!answer.ok) throw new Error((await answer.json()).problem);
    await look();
  } catch (problem) {
    status.textContent = `Not painted: ${problem.message}`;
  }
}

async function look() {
  const { strokes, squares: letters } = await (await fetch('/squares')).json();
  [...letters].forEach((letter, index) => show(squares[index], letter, index));
  status.textContent = `${strokes} ${strokes === 1 ? 'stroke' : 'strokes'} so far.`;
}

async function keepLooking() {
  try {
    if (!document.hidden) await look();
  } catch {
    status.textContent = 'The canvas does not answer. It is asked again.';
  }
  setTimeout(keepLooking, 3000);
}

keepLooking();
