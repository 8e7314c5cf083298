package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentEnvironmentTest {
    private static final AgentEnvironment AGENT =
            new AgentEnvironment(Map.of("JENKINS_SECRET", "s3cret", "PATH", "/bin", "EMPTY", ""));

    private static byte[] saved() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(AGENT);
        }
        return bytes.toByteArray();
    }

    @Test
    void valuesAreNotKeptWithTheBuild() throws Exception {
        assertThat(new String(saved(), StandardCharsets.ISO_8859_1))
                .contains("JENKINS_SECRET")
                .doesNotContain("s3cret");
    }

    @Test
    void savedOneKnowsItsValues() throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(saved()))) {
            AgentEnvironment read = (AgentEnvironment) in.readObject();
            assertThat(read.says("JENKINS_SECRET", "s3cret")).isTrue();
            assertThat(read.says("JENKINS_SECRET", "other")).isFalse();
            assertThat(read.says("EMPTY", "")).isTrue();
            assertThat(read.says("MISSING", "")).isFalse();
            assertThat(read.path()).isEqualTo("/bin");
        }
    }
}
