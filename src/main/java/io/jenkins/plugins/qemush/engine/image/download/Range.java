package io.jenkins.plugins.qemush.engine.image.download;

import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** HTTP's way of asking for the rest of a file (RFC 9110, section 14). */
final class Range {
    /** The status of an answer to a range that the file does not have. */
    static final int INVALID = 416;

    private Range() {}

    /**
     * The headers of a request for what follows the first {@code have} bytes.
     *
     * @param validator what the server called the version that these bytes are of; of another it sends the whole file
     */
    static Map<String, String> from(long have, Optional<String> validator) {
        if (have == 0) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("Range", "bytes=" + have + "-");
        validator.ifPresent(value -> headers.put("If-Range", value));
        return headers;
    }

    /** Whether the answer goes on where the first {@code have} bytes end. */
    static boolean continues(HttpURLConnection answer, int status, long have) {
        String range = answer.getHeaderField("Content-Range");
        return status == HttpURLConnection.HTTP_PARTIAL && range != null && range.startsWith("bytes " + have + "-");
    }

    /** What the server calls this version of the file. A weak ETag does not vouch for single bytes. */
    static Optional<String> validator(HttpURLConnection answer) {
        Optional<String> tag =
                Optional.ofNullable(answer.getHeaderField("ETag")).filter(value -> !value.startsWith("W/"));
        return tag.or(() -> Optional.ofNullable(answer.getHeaderField("Last-Modified")));
    }
}
