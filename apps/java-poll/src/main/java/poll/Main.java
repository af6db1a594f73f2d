package poll;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;

/** The poll: settings, start and stop. */
public final class Main {
    private Main() {
    }

    public static void main(String[] words) throws IOException {
        // The server of the JDK waits for a visitor without end unless it is told not to.
        System.setProperty("sun.net.httpserver.maxReqTime", "20");
        System.setProperty("sun.net.httpserver.maxRspTime", "20");

        var votes = Votes.open(Path.of(setting("VOTES_FILE", "votes.txt")), answers());
        var poll = new Poll(setting("POLL_QUESTION", "Tea or coffee?"), votes);
        var port = Integer.parseInt(setting("PORT", "8000"));

        var server = HttpServer.create(new InetSocketAddress(port), 0);
        var threads = Executors.newFixedThreadPool(16);
        server.setExecutor(threads);
        server.createContext("/", poll::answer);
        server.start();
        System.out.println("Listening on port " + port + ".");

        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(2);
            threads.shutdown();
        }));
    }

    private static List<String> answers() {
        return Arrays.stream(setting("POLL_ANSWERS", "Tea|Coffee|Neither").split("\\|"))
            .map(String::strip).filter(answer -> !answer.isEmpty()).distinct().toList();
    }

    private static String setting(String name, String otherwise) {
        var value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
