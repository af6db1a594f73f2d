package poll;

import java.util.Optional;
import java.util.stream.Collectors;

/** The poll as people and as programs read it. */
record Page(String template, String question, Votes votes) {
    private static final String WITHDRAW =
        "<form method=\"post\" action=\"/votes/withdraw\"><button class=\"quiet\">Take my vote back</button></form>";

    String show(Optional<String> given) {
        var total = votes.total();
        var answers = votes.answers().stream().map(answer -> row(answer, given, total)).collect(Collectors.joining());
        return template
            .replace("{question}", escape(question))
            .replace("{answers}", answers)
            .replace("{button}", given.isPresent() ? "Change my mind" : "Vote")
            .replace("{withdraw}", given.isPresent() ? WITHDRAW : "")
            .replace("{total}", total == 1 ? "1 vote" : total + " votes");
    }

    String toJson() {
        var answers = votes.answers().stream()
            .map(answer -> quote(answer) + ": " + votes.of(answer))
            .collect(Collectors.joining(", "));
        return "{\"total\": " + votes.total() + ", \"answers\": {" + answers + "}}";
    }

    private String row(String answer, Optional<String> given, long total) {
        var count = votes.of(answer);
        return """
            <label>
              <input type="radio" name="answer" value="%1$s" required%2$s>
              <span class="text">%1$s</span>
              <span class="count">%3$d</span>
              <meter min="0" max="%4$d" value="%3$d">%3$d of %4$d</meter>
            </label>
            """.formatted(escape(answer), given.filter(answer::equals).isPresent() ? " checked" : "", count, Math.max(1, total));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }
}
