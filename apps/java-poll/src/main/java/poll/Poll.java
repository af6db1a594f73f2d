package poll;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What is answered to whom. */
final class Poll {
    private static final int LONGEST_FORM = 4096;
    private static final String COOKIE = "answer";

    private final Votes votes;
    private final Page page;
    private final String style = resource("poll.css");
    private final String icon = resource("icon.svg");

    Poll(String question, Votes votes) {
        this.votes = votes;
        page = new Page(resource("page.html"), question, votes);
    }

    void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = (isHead(exchange) ? "GET" : exchange.getRequestMethod()) + " " + exchange.getRequestURI().getPath();
            switch (request) {
                case "GET /" -> send(exchange, 200, "text/html; charset=utf-8", page.show(given(exchange)));
                case "GET /poll.css" -> send(exchange, 200, "text/css; charset=utf-8", style);
                case "GET /icon.svg" -> send(exchange, 200, "image/svg+xml", icon);
                case "GET /votes" -> send(exchange, 200, "application/json", page.toJson());
                case "GET /health" -> health(exchange);
                case "POST /votes" -> vote(exchange);
                case "POST /votes/withdraw" -> withdraw(exchange);
                default -> send(exchange, 404, "text/plain; charset=utf-8", "There is nothing here.\n");
            }
        } catch (IOException | RuntimeException problem) {
            System.err.println("Failed: " + problem);
            throw problem;
        }
    }

    private void health(HttpExchange exchange) throws IOException {
        var kept = votes.isKept();
        send(exchange, kept ? 200 : 503, "application/json", kept ? "{\"status\": \"ok\"}" : "{\"status\": \"failing\"}");
    }

    /** A visitor has one vote, and may change their mind: a cookie remembers what they said. */
    private void vote(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LONGEST_FORM);
        var choice = field(new String(body, StandardCharsets.UTF_8), "answer").flatMap(this::known);
        if (choice.isEmpty()) {
            send(exchange, 422, "text/plain; charset=utf-8", "Choose one of the answers.\n");
            return;
        }

        var before = given(exchange);
        if (!before.equals(choice)) {
            if (before.isPresent()) {
                votes.add(before.get(), -1);
            }
            votes.add(choice.get(), 1);
        }
        remember(exchange, String.valueOf(votes.answers().indexOf(choice.get())), 31_536_000);
    }

    private void withdraw(HttpExchange exchange) throws IOException {
        var before = given(exchange);
        if (before.isPresent()) {
            votes.add(before.get(), -1);
        }
        remember(exchange, "", 0);
    }

    private static void remember(HttpExchange exchange, String answer, int seconds) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Set-Cookie", COOKIE + "=" + answer + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict");
        headers.set("Location", "/");
        send(exchange, 303, "text/plain; charset=utf-8", "");
    }

    private Optional<String> known(String answer) {
        return Optional.of(answer).filter(votes.answers()::contains);
    }

    private Optional<String> given(HttpExchange exchange) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", java.util.List.of()).stream()
            .flatMap(line -> Arrays.stream(line.split(";")))
            .map(String::strip)
            .filter(cookie -> cookie.matches(COOKIE + "=[0-9]{1,3}"))
            .map(cookie -> Integer.parseInt(cookie.substring(COOKIE.length() + 1)))
            .filter(index -> index < votes.answers().size())
            .map(votes.answers()::get)
            .findFirst();
    }

    private static Optional<String> field(String form, String name) {
        try {
            return Arrays.stream(form.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
        } catch (IllegalArgumentException halfACode) {
            return Optional.empty();
        }
    }

    private static void send(HttpExchange exchange, int status, String kind, String text) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", kind);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var withBody = bytes.length > 0 && !isHead(exchange);
        exchange.sendResponseHeaders(status, withBody ? bytes.length : -1);
        if (withBody) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static boolean isHead(HttpExchange exchange) {
        return "HEAD".equals(exchange.getRequestMethod());
    }

    private static String resource(String name) {
        try (var stream = Poll.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
