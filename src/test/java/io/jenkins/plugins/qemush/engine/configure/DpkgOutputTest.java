package io.jenkins.plugins.qemush.engine.configure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DpkgOutputTest {
    private final List<String> progress = new ArrayList<>();
    private final DpkgOutput output = new DpkgOutput(20, progress::add);

    private void says(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyTenthOfThePackagesIsTold() throws Exception {
        for (int i = 0; i < 20; i++) {
            says("Setting up package" + i + " (1.0) ...\n");
        }

        assertThat(progress).hasSize(10).contains("configured 2 of 20 packages", "configured 20 of 20 packages");
    }

    @Test
    void theFirstFailureAndWhatWasSaidBeforeItAreTheReason() throws Exception {
        says("Setting up broken (1.0) ...\nno such licence\n");
        says("dpkg: error processing package broken (--configure):\n installed broken package post-installation");
        says(" script subprocess returned error exit status 1\n");
        for (int i = 0; i < 100; i++) {
            says("Setting up package" + i + " (1.0) ...\n");
        }
        says("dpkg: error processing package needs-broken (--configure):\n dependency problems\n");

        assertThat(output.failedPackages()).contains("broken, needs-broken");
        assertThat(output.lastLines())
                .contains("no such licence", "exit status 1")
                .doesNotContain("package99");
    }
}
