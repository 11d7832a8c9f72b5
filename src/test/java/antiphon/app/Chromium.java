package antiphon.app;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page in a headless Chromium of its own, driven by the DevTools protocol. Needs only the browser: no driver whose
 * version must fit.
 */
final class Chromium implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final String LISTENING = "DevTools listening on ws://";
    private static final long PATIENCE_SECONDS = 60;
    private static final long LOOK_MILLIS = 100;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<String, Object>>> asked = new ConcurrentHashMap<>();
    private final WebSocket socket;

    /** Its own: it may still write there for a moment when it has been killed, so this is no folder of a test. */
    private final Path profile = Files.createTempDirectory("antiphon-chromium");

    /** Starts it with an empty page. */
    Chromium() throws Exception {
        process = new ProcessBuilder(
                        program().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--mute-audio",
                        "--autoplay-policy=no-user-gesture-required",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(Redirect.DISCARD)
                .start();
        CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES).execute(process::destroyForcibly);
        String address = address();
        Map<String, Object> page = JSON.std.mapFrom(client.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(String.valueOf(page.get("webSocketDebuggerUrl"))), new Answers())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        call("Page.enable", Map.of());
    }

    private static Path program() {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Chromium; needed at one of " + PLACES
                        + ". apt-get install --no-install-recommends chromium"));
    }

    private String address() throws IOException {
        BufferedReader errors =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(LISTENING)) {
                // What it says later must not fill the pipe.
                Thread.ofVirtual().start(() -> errors.lines().forEach(ignored -> {}));
                String rest = line.substring(LISTENING.length());
                return rest.substring(0, rest.indexOf('/'));
            }
        }
        throw new AssertionError("Chromium ended before it listened");
    }

    /** Sends a command and waits for its result. */
    Map<String, Object> call(String method, Map<String, ?> parameters) throws Exception {
        int id = number.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        asked.put(id, answer);
        String text = JSON.std.asString(Map.of("id", id, "method", method, "params", parameters));
        socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void open(String url) throws Exception {
        call("Page.navigate", Map.of("url", url));
    }

    /** Sets the size of what is seen, in pixels. */
    void size(int width, int height) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Writes what is seen as a PNG file. */
    void picture(Path file) throws Exception {
        Object result = call("Page.captureScreenshot", Map.of("format", "png")).get("result");
        if (result instanceof Map<?, ?> picture && picture.get("data") instanceof String data) {
            Files.write(file, Base64.getDecoder().decode(data));
        } else {
            throw new AssertionError("no picture: " + result);
        }
    }

    /** The value of an expression: a text, number, truth value or null. */
    @Nullable
    Object value(String expression) throws Exception {
        Map<String, Object> answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        Object result = answer.get("result");
        return result instanceof Map<?, ?> outer && outer.get("result") instanceof Map<?, ?> inner
                ? inner.get("value")
                : null;
    }

    /** Waits until an expression is true, a minute at most. */
    void await(String expression) throws Exception {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Boolean.TRUE.equals(value(expression))) {
            if (System.nanoTime() - endNanos > 0) {
                throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + expression + "; the page says: "
                        + value("document.body.outerHTML.slice(0, 200) + document.body.innerText"));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Presses a key of the computer and lets it go after so many milliseconds. */
    void press(String key, String code, long millis) throws Exception {
        String text = key.length() == 1 ? key : "";
        int number = key.equals("Escape") ? 27 : Character.toUpperCase(key.charAt(0));
        Map<String, Object> down =
                Map.of("type", "keyDown", "key", key, "code", code, "text", text, "windowsVirtualKeyCode", number);
        call("Input.dispatchKeyEvent", down);
        Thread.sleep(millis);
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", key, "code", code, "windowsVirtualKeyCode", number));
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException stays) {
            // What is left lies in the folder for temporary files.
        }
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String json) {
            try {
                Map<String, Object> message = JSON.std.mapFrom(json);
                CompletableFuture<Map<String, Object>> answer =
                        message.get("id") instanceof Integer id ? asked.remove(id) : null;
                if (answer != null) {
                    answer.complete(message);
                }
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
        }
    }
}
