package antiphon.dashboard;

import static java.util.Objects.requireNonNull;

import antiphon.config.ControllerMap;
import antiphon.config.PlaySetting;
import antiphon.config.Presets;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.live.Calibration;
import antiphon.live.Commands;
import antiphon.live.JournalHeader;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.remote.Controllers;
import antiphon.remote.Remote;
import antiphon.remote.SessionOrders;
import antiphon.status.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A session on ports in memory with its page, on any free port, and a client. */
final class Served implements AutoCloseable {
    /** As somebody could call a port. */
    static final String HOSTILE = "<script>alert(\"hello\")</script>";

    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 1));

    private static final Presets PRESETS = new Presets(List.of(Path.of("config/presets")));

    static final PortInfo KEYB = new PortInfo("keyb:out", true, false);

    final MemoryBackend backend = new MemoryBackend(System::nanoTime, true);
    final LiveSession session = new LiveSession(
            backend,
            MODEL,
            Settings.standard(Mode.CALL),
            7,
            Ports.unconnected(false).withKeyboard());
    final Calibration calibration = new Calibration(session.tap(), session.controls());
    final FakeTakes takes = new FakeTakes();
    final FakeLessons lessons = new FakeLessons();
    final HttpClient client = HttpClient.newHttpClient();

    Served() {
        this(Place.here(0));
    }

    Served(Place place) {
        backend.plug(KEYB);
        backend.plug(new PortInfo(HOSTILE, false, true));
        session.start();
        dashboard = Dashboard.start(partner(), session.mode(), place);
    }

    private final Controllers controllers =
            new Controllers(path(), ControllerMap.empty(), Commands.NONE, session.controls()::commands);
    private final Remote remote = new Remote(session.tap(), this::carryOut, controllers, Remote.Switches.none());
    private volatile String preset = "";

    /** The network that plays: a name that no page must take for code. */
    volatile String model = HOSTILE;

    final Dashboard dashboard;

    private static Path path() {
        try {
            return Files.createTempDirectory("antiphon").resolve("controllers.toml");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Partner partner() {
        Status.Facts facts = new Status.Facts("1", HOSTILE, new Status.Model(HOSTILE, 1, 1, 12, "0123abcd"));
        return new Partner(
                session.tap(),
                requireNonNull(session.keyboard()),
                session::understanding,
                () -> Status.of(session, facts),
                session.meters(),
                takes,
                lessons,
                remote,
                new Steered(PRESETS, () -> preset, controllers),
                session.connections(),
                calibration);
    }

    /** As the program does it, without what needs files. */
    private String carryOut(String order) {
        if (order.startsWith("preset ")) {
            preset = PRESETS.named(order.substring("preset ".length())).name();
            return "preset = " + preset;
        }
        String id = PlaySetting.MODEL_FILE.id();
        if (order.startsWith("set " + id + " ")) {
            return setModel(order.substring(("set " + id + " ").length()));
        }
        return order.equals("get " + id) ? model : new SessionOrders(session).carryOut(order);
    }

    private String setModel(String file) {
        model = file;
        session.succeed(MODEL, new JournalHeader.Network(file, "0123", "f16"));
        return "model.file = " + file;
    }

    URI uri(String path) {
        return URI.create(dashboard.url()).resolve(path);
    }

    int port() {
        return URI.create(dashboard.url()).getPort();
    }

    /** Opens the feed as a page does, with further headers by name and value. */
    WebSocket feed(Listening listening, String... headers) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + port() + "/api/v1/feed"), listening)
                .join();
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The first answer with this in it: a status may be a tenth of a second old. */
    HttpResponse<String> await(String path, String part) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        HttpResponse<String> answer = get(path);
        while (!answer.body().contains(part)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(part + " is not in " + answer.body());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            answer = get(path);
        }
        return answer;
    }

    /** Sends a body, empty for none, with further headers by name and value. */
    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, String body) throws Exception {
        return send("PUT", path, body, "Content-Type", "application/json");
    }

    /** The first line of the answer to a request as it is written; also such as no client would send. */
    String answer(String request) throws IOException {
        return answer(request, "127.0.0.1");
    }

    /** The same, from and to this address. */
    String answer(String request, String address) throws IOException {
        return answer(request, address, StandardCharsets.UTF_8);
    }

    /** The same, written in this character set. */
    String answer(String request, String address, Charset charset) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral(address), port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(charset));
            socket.getOutputStream().flush();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return Objects.requireNonNullElse(reader.readLine(), "");
        }
    }

    @Override
    public void close() {
        calibration.end();
        client.close();
        dashboard.close();
        remote.close();
        session.close();
    }
}
