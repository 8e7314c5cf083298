package io.jenkins.plugins.qemush.engine.image.download;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An http or https address. {@link #toString} leaves out what may be secret: user, password and query.
 *
 * @param uri as it was given, secrets and all
 */
public record WebAddress(URI uri) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * @throws HostFailure when it is not http or https, or has no host
     */
    public static WebAddress of(URI uri) throws HostFailure {
        WebAddress address = new WebAddress(uri);
        if (uri.getScheme() == null || !SCHEMES.contains(address.scheme()) || uri.getHost() == null) {
            throw new HostFailure(
                    "\"" + address + "\" is no address that can be downloaded from.",
                    "Give one that begins with http:// or https:// and a host.");
        }
        return address;
    }

    /** The address of a file beside this one. Of a query nothing is taken over: it was meant for this file. */
    public WebAddress beside(String path) throws HostFailure {
        try {
            URI relative = URI.create(new URI(null, null, "./" + path, null).toASCIIString());
            return of(uri.resolve(relative));
        } catch (URISyntaxException e) {
            throw new HostFailure("\"" + path + "\" cannot be part of an address.", "Rename the file.", e);
        }
    }

    @Override
    public String toString() {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    boolean isSecure() {
        return scheme().equals("https");
    }

    boolean hasSameOriginAs(WebAddress other) {
        return scheme().equals(other.scheme())
                && uri.getHost().equalsIgnoreCase(other.uri.getHost())
                && uri.getPort() == other.uri.getPort();
    }

    /** The address without user and password: what a connection is opened to. */
    URI withoutCredentials() {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(this + query);
    }

    /** The value of an {@code Authorization} header. */
    Optional<String> credentials() {
        return Optional.ofNullable(uri.getUserInfo())
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    private String scheme() {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }
}
