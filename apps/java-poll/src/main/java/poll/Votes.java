package poll;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often each answer was given; one file, which is replaced as a whole. */
final class Votes {
    private final Path file;
    private final List<String> answers;
    private Map<String, Long> counts;

    private Votes(Path file, List<String> answers, Map<String, Long> counts) {
        this.file = file;
        this.answers = answers;
        this.counts = counts;
    }

    /** Reads the file, or begins one. What is in it for answers of an earlier poll stays there. */
    static Votes open(Path file, List<String> answers) throws IOException {
        var votes = new Votes(file, answers, Files.exists(file) ? read(file) : Map.of());
        votes.save(votes.counts);
        return votes;
    }

    List<String> answers() {
        return answers;
    }

    synchronized long of(String answer) {
        return counts.getOrDefault(answer, 0L);
    }

    synchronized long total() {
        return answers.stream().mapToLong(this::of).sum();
    }

    /** Counts one more, or one less. */
    synchronized void add(String answer, int difference) throws IOException {
        var changed = new LinkedHashMap<>(counts);
        changed.merge(answer, (long) difference, (before, more) -> Math.max(0, before + more));
        save(changed);
    }

    synchronized boolean isKept() {
        try {
            return read(file).equals(counts);
        } catch (IOException | NumberFormatException problem) {
            System.err.println("Not healthy: " + problem);
            return false;
        }
    }

    // The file first: a full disk changes nothing.
    private void save(Map<String, Long> changed) throws IOException {
        var text = new StringBuilder();
        changed.forEach((answer, count) -> text.append(count).append(' ').append(answer).append('\n'));
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        counts = Map.copyOf(changed);
    }

    private static Map<String, Long> read(Path file) throws IOException {
        var counts = new LinkedHashMap<String, Long>();
        for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            var space = line.indexOf(' ');
            counts.put(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
        }
        return counts;
    }
}
