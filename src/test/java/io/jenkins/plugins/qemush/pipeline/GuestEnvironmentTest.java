package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestEnvironmentTest {
    private static final Map<String, String> AGENT =
            Map.of("HOME", "/home/jenkins", "PATH", "/opt/agent:/bin", "LANG", "C.UTF-8", "USER", "jenkins");

    private static GuestEnvironment with(String... more) {
        Map<String, String> step = new HashMap<>(AGENT);
        for (int i = 0; i < more.length; i += 2) {
            step.put(more[i], more[i + 1]);
        }
        return GuestEnvironment.difference(new AgentEnvironment(AGENT), step);
    }

    @Test
    void agentsOwnEnvironmentStaysOnTheAgent() {
        assertThat(with()).isEqualTo(new GuestEnvironment(Map.of(), ""));
    }

    @Test
    void whatTheBuildSetsGoesIn() {
        assertThat(with("BUILD_NUMBER", "7", "LANG", "de_DE.UTF-8").variables())
                .isEqualTo(Map.of("BUILD_NUMBER", "7", "LANG", "de_DE.UTF-8"));
    }

    @Test
    void foldersBeforeTheAgentsPathGoBeforeTheGuests() {
        GuestEnvironment environment = with("PATH", "/tools/it's:/x:/opt/agent:/bin");
        assertThat(environment.variables()).isEmpty();
        assertThat(environment.pathPrefix()).isEqualTo("/tools/it's:/x");
        assertThat(environment.pathLine()).isEqualTo("PATH='/tools/it'\\''s:/x':\"$PATH\"; export PATH; ");
    }

    @Test
    void pathOfTheStepsOwnReplacesTheGuests() {
        assertThat(with("PATH", "/only").variables()).isEqualTo(Map.of("PATH", "/only"));
        assertThat(with("PATH", "/only").pathLine()).isEmpty();
    }

    @Test
    void namesThatNoShellExportsStayOut() {
        assertThat(with("PATH+MAVEN", "/m", "a.b", "1", "1x", "2", "BASH_FUNC_f%%", "() { :; }")
                        .variables())
                .isEmpty();
    }
}
