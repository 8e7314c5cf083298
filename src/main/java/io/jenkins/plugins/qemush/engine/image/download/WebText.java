package io.jenkins.plugins.qemush.engine.image.download;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Gets a small text. */
public final class WebText {
    private WebText() {}

    /**
     * @param most how many bytes it may have
     * @throws HostFailure when it cannot be got, or is larger
     */
    public static String get(WebAddress address, int most, WebLimits limits) throws IOException, InterruptedException {
        WebClient client = new WebClient(limits);
        return new Retries(limits).run(address, () -> 0, () -> {
            HttpURLConnection answer = client.get(address, Map.of());
            try (InputStream in = answer.getInputStream()) {
                byte[] text = in.readNBytes(most + 1);
                if (text.length > most) {
                    throw new HostFailure(address + " is larger than " + most + " bytes.", "Check the address.");
                }
                return new String(text, StandardCharsets.UTF_8);
            } finally {
                answer.disconnect();
            }
        });
    }
}
