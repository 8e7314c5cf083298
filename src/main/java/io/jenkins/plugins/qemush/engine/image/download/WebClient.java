package io.jenkins.plugins.qemush.engine.image.download;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * Makes one request, along its redirects.
 *
 * <p>Takes the proxy that the JVM is set to. On {@link HttpURLConnection}, which has a timeout for a read that stalls;
 * {@code java.net.http} has none.
 */
final class WebClient {
    private static final int MAX_REDIRECTS = 10;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final WebLimits limits;

    WebClient(WebLimits limits) {
        this.limits = limits;
    }

    /**
     * The answer to a GET request: one with content (200), a part of it (206), or 416 when there is no such part.
     *
     * @throws HostFailure when the server refuses for good
     * @throws IOException when it may work another time
     */
    HttpURLConnection get(WebAddress address, Map<String, String> headers) throws IOException {
        WebAddress now = address;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpURLConnection connection = open(now, headers);
            // A redirect to another server does not take the password along.
            if (now.hasSameOriginAs(address)) {
                address.credentials().ifPresent(value -> connection.setRequestProperty("Authorization", value));
            }
            int status = connection.getResponseCode();
            if (!REDIRECTS.contains(status)) {
                requireContent(connection, status, now);
                return connection;
            }
            String location = connection.getHeaderField("Location");
            connection.disconnect();
            now = redirected(now, location);
        }
        throw new HostFailure(address + " leads from redirect to redirect.", "Check the address.");
    }

    private HttpURLConnection open(WebAddress address, Map<String, String> headers) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.withoutCredentials().toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
        connection.setReadTimeout(Math.toIntExact(limits.stall().toMillis()));
        connection.setRequestProperty("User-Agent", "qemu-sh");
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static WebAddress redirected(WebAddress from, String location) throws HostFailure {
        if (location == null) {
            throw new HostFailure(from + " redirects to nowhere.", "Check the address.");
        }
        WebAddress to;
        try {
            to = WebAddress.of(from.uri().resolve(URI.create(location)));
        } catch (IllegalArgumentException e) {
            throw new HostFailure(from + " redirects to an address that is none.", "Check the address.", e);
        }
        if (from.isSecure() && !to.isSecure()) {
            throw new HostFailure(
                    from + " redirects to " + to + ", which is not encrypted.",
                    "Give an address that stays with https.");
        }
        return to;
    }

    private static void requireContent(HttpURLConnection connection, int status, WebAddress address)
            throws IOException {
        if (status == HttpURLConnection.HTTP_OK
                || status == HttpURLConnection.HTTP_PARTIAL
                || status == Range.INVALID) {
            return;
        }
        connection.disconnect();
        String told = address + " answered with HTTP status " + status + ".";
        switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                throw new HostFailure(told, "Check user and password: https://user:password@host/path.");
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                throw new HostFailure(told, "Check the address; a file may be missing beside image.json.");
            case HttpURLConnection.HTTP_CLIENT_TIMEOUT, TOO_MANY_REQUESTS -> throw new IOException(told);
            default -> {
                if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
                    throw new IOException(told);
                }
                throw new HostFailure(told, "Check the address.");
            }
        }
    }
}
