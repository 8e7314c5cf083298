package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class OfferedStreamTest {
    private static final int KB = 1024;

    @Test
    void outputThatFitsIsThereForALateReader() throws IOException {
        OfferedStream output = new OfferedStream(null);
        print(output, KB);
        output.close();

        assertThat(output.claim().readAllBytes()).hasSize(KB * KB);
    }

    @Test
    void readerWhoComesTooLateIsToldThatThereWasMore() throws IOException {
        OfferedStream output = new OfferedStream(null);
        print(output, KB + 1);
        InputStream reader = output.claim();
        print(output, 1);
        output.close();

        assertThat(reader.readNBytes(new byte[KB * KB], 0, KB * KB)).isEqualTo(KB * KB);
        assertThatThrownBy(reader::read).isInstanceOf(IOException.class).hasMessageContaining("The rest is lost");
    }

    @Test
    void outputThatGoesElsewhereIsNeverLost() throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        OfferedStream output = new OfferedStream(log);
        print(output, 2 * KB);
        output.close();

        assertThat(log.size()).isEqualTo(2 * KB * KB);
        assertThat(output.claim().readAllBytes()).isEmpty();
    }

    private static void print(OfferedStream output, int blocks) throws IOException {
        for (int i = 0; i < blocks; i++) {
            output.write(new byte[KB]);
        }
    }
}
