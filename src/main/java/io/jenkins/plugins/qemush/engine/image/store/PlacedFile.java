package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.IoReason;
import io.jenkins.plugins.qemush.engine.image.download.WebAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file of an image that nobody described in an {@code image.json}.
 *
 * @param place a path, or a URL with http, https or file
 * @param sha256 its digest; empty for any
 */
public record PlacedFile(String place, Optional<String> sha256) {
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

    /** Whether it lies on a web server. */
    public boolean isRemote() {
        return URL.matcher(place).matches() && !place.toLowerCase(Locale.ROOT).startsWith("file:");
    }

    /**
     * The path of a file that lies on this host.
     *
     * @throws HostFailure when it is no valid address
     */
    public Path path() throws HostFailure {
        return URL.matcher(place).matches()
                ? Path.of(WebSource.parse(place).getPath())
                : Path.of(place).toAbsolutePath();
    }

    WebAddress address() throws HostFailure {
        return WebAddress.of(WebSource.parse(place));
    }

    /** What has to change when another file is meant, or the file on this host is another. */
    String identity() throws HostFailure {
        String known = place + " " + sha256.orElse("");
        if (isRemote()) {
            return known;
        }
        try {
            return known + " " + Files.size(path()) + " " + Files.getLastModifiedTime(path());
        } catch (IOException e) {
            throw new HostFailure(place + " cannot be read: " + IoReason.of(e) + ".", "Check the path.", e);
        }
    }

    /** For people: without what may be secret in an address. */
    @Override
    public String toString() {
        return place.replaceFirst("//[^/]*@", "//").replaceFirst("\\?.*", "");
    }
}
