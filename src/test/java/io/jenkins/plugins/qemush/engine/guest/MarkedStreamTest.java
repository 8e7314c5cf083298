package io.jenkins.plugins.qemush.engine.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedStreamTest {
    private static final String MARKER = "@abc:";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 100})
    void linesAreFoundAndBytesKeptHoweverTheyAreSplit(int pieces) throws IOException {
        String all =
                "motd" + MARKER + "launched\n@a@ab@@abc log@abc" + MARKER + "output\n\n@" + MARKER + "result 0\n@abc,";
        StringBuilder seen = new StringBuilder();
        MarkedStream stream = writingTo(seen);
        byte[] bytes = all.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += pieces) {
            stream.write(bytes, at, Math.min(pieces, bytes.length - at));
        }

        assertThat(seen).hasToString("motd[launched]@a@ab@@abc log@abc[output]\n@[result 0]@abc,");
    }

    @Test
    void lineWithoutEndIsRefused() throws IOException {
        MarkedStream stream = writingTo(new StringBuilder());
        stream.write(MARKER.getBytes(StandardCharsets.US_ASCII));
        byte[] flood = new byte[100_000];

        assertThatThrownBy(() -> stream.write(flood)).isInstanceOf(GuestFailure.class);
    }

    private static MarkedStream writingTo(StringBuilder seen) {
        return new MarkedStream(MARKER, new MarkedStream.Receiver() {
            @Override
            public void bytes(byte[] bytes, int offset, int length) {
                seen.append(new String(bytes, offset, length, StandardCharsets.US_ASCII));
            }

            @Override
            public void line(String line) {
                seen.append('[').append(line).append(']');
            }
        });
    }
}
