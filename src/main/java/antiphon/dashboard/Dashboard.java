package antiphon.dashboard;

import antiphon.improv.Mode;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Serves the page and its interface for programs, on this machine alone or, to those who have a token, on its network.
 * Opened and closed by one cold thread.
 */
public final class Dashboard implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private static final int MAX_TRIES = 20;
    private static final int MAX_CONNECTIONS = 96;

    /** Whoever asks too often waits for his refusal, but must keep nobody out: then all connections may ask. */
    private static final int MAX_REQUESTS = MAX_CONNECTIONS;

    /** What the system keeps for a browser that takes nothing, until frames are lost. */
    private static final int SEND_BUFFER_BYTES = 65_536;

    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int MAX_PATH_BYTES = 2_048;
    private static final int MAX_FRAME_BYTES = 1_024;
    private static final long MAX_STOP_MILLIS = 100;
    private static final int LAST_PORT = 65_535;
    private static final Duration MAX_IDLE = Duration.ofSeconds(60);

    /** Kept, or the level that it is given is lost. Helidon tells of each start and of each bad request. */
    private static final Logger HELIDON_LOG = Logger.getLogger("io.helidon");

    private final Place place;
    private final WebServer server;
    private final Broadcaster broadcaster;
    private final Feeds feeds;

    private Dashboard(Place place, WebServer server, Broadcaster broadcaster, Feeds feeds) {
        this.place = place;
        this.server = server;
        this.broadcaster = broadcaster;
        this.feeds = feeds;
    }

    /**
     * Begins to serve.
     *
     * @param mode that is set now
     * @throws DashboardException with one line for people, if this machine has no such address or no port of it is free
     */
    public static Dashboard start(Partner partner, Mode mode, Place place) {
        place.check();
        int port = place.port();
        HELIDON_LOG.setLevel(Level.OFF);
        int last = Math.min(LAST_PORT, port + MAX_TRIES);
        Feeds feeds = new Feeds();
        Scene scene = new Scene(System.nanoTime(), partner.keyboard().input(), mode);
        Broadcaster broadcaster = new Broadcaster(partner, feeds, scene);
        for (int tried = port; tried <= last; tried++) {
            WebServer server = listen(partner.withRecentStatus(), broadcaster, feeds, place, tried);
            if (server != null) {
                broadcaster.start();
                return new Dashboard(place, server, broadcaster, feeds);
            }
        }
        throw new DashboardException("page: ports " + port + " to " + last
                + " cannot be listened to; one free port needed. Set page.port, or start with --no-page.");
    }

    /** Null if somebody else has the port. */
    private static @Nullable WebServer listen(
            Partner partner, Broadcaster broadcaster, Feeds feeds, Place place, int port) {
        // The gate is asked when the server listens, and only then its port is known.
        AtomicInteger known = new AtomicInteger();
        Gate gate = new Gate(place, known::get);
        WebServer server = made(partner, broadcaster, feeds, gate, place.inet(), port);
        try {
            server.start();
            if (server.port() > 0) {
                known.set(server.port());
                return server;
            }
            // Helidon tells only its log why it has not started.
            server.stop();
            return null;
        } catch (RuntimeException failure) {
            server.stop();
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    return null;
                }
            }
            throw failure;
        }
    }

    private static WebServer made(
            Partner partner, Broadcaster broadcaster, Feeds feeds, Gate gate, InetAddress address, int port) {
        return WebServerConfig.builder()
                .shutdownHook(false)
                .address(address)
                .port(port)
                // Frames are small: otherwise one waits up to 40 ms for the receipt of the one before.
                .connectionOptions(socket -> socket.tcpNoDelay(true).socketSendBufferSize(SEND_BUFFER_BYTES))
                .maxTcpConnections(MAX_CONNECTIONS)
                .maxConcurrentRequests(MAX_REQUESTS)
                .maxPayloadSize(Lessons.MAX_ARCHIVE_BYTES)
                .idleConnectionTimeout(MAX_IDLE)
                .shutdownGracePeriod(Duration.ZERO)
                .addProtocol(Http1Config.builder()
                        .maxHeadersSize(MAX_HEADER_BYTES)
                        .maxPrologueLength(MAX_PATH_BYTES)
                        .build())
                .addProtocol(WsConfig.builder().maxFrameLength(MAX_FRAME_BYTES).build())
                .addRouting(routing(partner, broadcaster, gate))
                .addRouting(WsRouting.builder()
                        .endpoint("/api/v1/feed", () -> new Feed(feeds, gate, partner.keyboard(), broadcaster::wake)))
                .build();
    }

    private static HttpRouting.Builder routing(Partner partner, Broadcaster broadcaster, Gate gate) {
        return HttpRouting.builder()
                .addFilter(gate)
                .addFilter(new BodyLimit())
                .error(HttpException.class, (request, response, failure) -> {
                    response.status(failure.status());
                    response.headers().set(HeaderNames.CONTENT_TYPE, Json.TYPE);
                    response.send(
                            Json.error("this path or method is not served; GET /api/v1/openapi.json lists them."));
                })
                .error(Exception.class, (request, response, failure) -> {
                    LOG.debug("page: {}", failure.toString());
                    sendError(response);
                })
                .register(
                        "/api/v1",
                        new Api(partner, broadcaster::state, broadcaster.changes()),
                        new TakesApi(partner.takes()),
                        new TeachingApi(partner),
                        new PresetsApi(partner),
                        new PortsApi(partner),
                        new CalibrationApi(partner),
                        new ControllersApi(partner))
                .register("/", new HealthApi(partner))
                .get("/*", Files::serve);
    }

    private static void sendError(ServerResponse response) {
        response.status(Status.INTERNAL_SERVER_ERROR_500);
        response.headers().set(HeaderNames.CONTENT_TYPE, Json.TYPE);
        response.send(Json.error("the program has failed at this request; please tell its authors."));
    }

    /** Where the page is. */
    public String url() {
        return urls().getFirst();
    }

    /** Each address where it is, without the token. */
    public List<String> urls() {
        return place.reachedAt().stream()
                .map(address -> "http://" + address + ":" + server.port() + "/")
                .toList();
    }

    /** The address with the token, which is never sent to a server that way: the page keeps it and takes it away there. */
    public String withToken(String url) {
        return place.isOpenToOthers() ? url + "#token=" + place.token() : url;
    }

    /** Ends all connections; what their keys hold is ended. A server that takes longer than others goes on without us. */
    @Override
    public void close() {
        broadcaster.stop();
        feeds.terminate();
        Thread stopping =
                Thread.ofPlatform().daemon().name("antiphon-page-stop").start(server::stop);
        try {
            stopping.join(MAX_STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
