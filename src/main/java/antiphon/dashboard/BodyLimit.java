package antiphon.dashboard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.regex.Pattern;

/**
 * Refuses bodies that are too long before they are read: the server's own limit has to let music files through, and for all
 * other requests a few kilobytes are enough. How long a body is must therefore be said first.
 */
final class BodyLimit implements Filter {
    private static final Pattern UPLOAD = Pattern.compile("/api/v1/teaching/[^/]+/files");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
            Replies.refuse(
                    response, Status.LENGTH_REQUIRED_411, "Content-Length: missing; allowed: the length of the body.");
            return;
        }
        boolean upload = UPLOAD.matcher(request.path().rawPath()).matches();
        long max = upload ? Lessons.MAX_ARCHIVE_BYTES : Api.MAX_BODY_BYTES;
        if (request.headers().contentLength().orElse(0) > max) {
            Replies.refuse(response, Status.REQUEST_ENTITY_TOO_LARGE_413, "too long; allowed: " + max + " bytes.");
            return;
        }
        chain.proceed();
    }
}
