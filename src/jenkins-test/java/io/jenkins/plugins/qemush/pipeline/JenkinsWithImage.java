package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Tests that share a Jenkins, which knows the test's image. Each leaves nothing on the built-in node. */
@Tag("jenkins-vm")
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JenkinsWithImage {

    JenkinsRule jenkins;

    @BeforeAll
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImage();
    }

    /** A supervisor is gone a moment after its machine; some machines end only when Jenkins has heard why. */
    @AfterEach
    void nothingIsLeft() {
        await().untilAsserted(() -> Blocks.assertNothingIsLeft(""));
    }

    @AfterAll
    void stop() throws Exception {
        jenkins.after();
    }
}
