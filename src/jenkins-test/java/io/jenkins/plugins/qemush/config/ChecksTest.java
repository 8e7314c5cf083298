package io.jenkins.plugins.qemush.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the form says while it is filled in. */
@WithJenkins
class ChecksTest {
    private static final String DIGEST = "0f".repeat(32);

    @Test
    void addressWithoutADigestIsAWarning(JenkinsRule jenkins) {
        assertKind(FormValidation.Kind.WARNING, Checks.place("https://images.example.org/kernel", "", true));
        assertKind(FormValidation.Kind.OK, Checks.place("https://images.example.org/kernel", DIGEST, true));
        assertKind(FormValidation.Kind.OK, Checks.place("file:/srv/kernel", "", true));
    }

    @Test
    void addressWithAUserIsRefused(JenkinsRule jenkins) {
        assertKind(FormValidation.Kind.ERROR, Checks.place("https://me:pw@images.example.org/kernel", DIGEST, true));
        assertKind(FormValidation.Kind.ERROR, Checks.place("http://me@images.example.org/kernel", DIGEST, true));
    }

    @Test
    void mirrorWithAPasswordIsRefused(JenkinsRule jenkins) {
        assertKind(FormValidation.Kind.ERROR, Checks.mirror("https://me:pw@mirror.example.org/debian"));
        assertKind(FormValidation.Kind.OK, Checks.mirror("https://mirror.example.org/debian"));
        assertKind(FormValidation.Kind.OK, Checks.mirror(""));
        DebianLocation location = new DebianLocation();
        location.setMirror("https://me:pw@mirror.example.org/debian");
        assertThat(location.problem()).isNotEmpty();
    }

    @Test
    void relativePathAndUnknownSchemeAreRefused(JenkinsRule jenkins) {
        assertKind(FormValidation.Kind.ERROR, Checks.place("images/kernel", "", true));
        assertKind(FormValidation.Kind.ERROR, Checks.place("ftp://images.example.org/kernel", DIGEST, true));
        assertKind(FormValidation.Kind.ERROR, Checks.folder("srv/images", 100));
    }

    @Test
    void malformedDigestIsRefusedWithItsLength(JenkinsRule jenkins) {
        assertThat(Checks.digest("abc").getMessage()).contains("this has 3 characters");
        assertKind(FormValidation.Kind.OK, Checks.digest(DIGEST));
    }

    @Test
    void unknownArchitectureIsToldWithTheNearest(JenkinsRule jenkins) {
        assertThat(Checks.arch("aarch46").getMessage()).contains("aarch64");
    }

    @Test
    void memoryIsComparedWithWhatTheMachineCanAddress(JenkinsRule jenkins) {
        MachineSettings.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(MachineSettings.DescriptorImpl.class);
        assertKind(FormValidation.Kind.ERROR, form.doCheckMemory("512", "", "mipsel"));
        assertKind(FormValidation.Kind.OK, form.doCheckMemory("256", "", "mipsel"));
        assertKind(FormValidation.Kind.OK, form.doCheckMemory("512", "a-board-of-its-own", "mipsel"));
        assertKind(FormValidation.Kind.ERROR, form.doCheckMemory("-1", "", "aarch64"));
    }

    @Test
    void machinesThatStandByAreAFewAndAWarningWhenTheyDoNotFit(JenkinsRule jenkins) {
        assertKind(FormValidation.Kind.OK, Checks.standby("16", "aarch64", "", "0"));
        assertKind(FormValidation.Kind.ERROR, Checks.standby("17", "aarch64", "", "0"));
        assertKind(FormValidation.Kind.ERROR, Checks.standby("-1", "aarch64", "", "0"));
        assertKind(FormValidation.Kind.ERROR, Checks.standby("two", "aarch64", "", "0"));
        assertKind(FormValidation.Kind.OK, Checks.standby("2", "aarch64", "512", "1024"));
        assertKind(FormValidation.Kind.WARNING, Checks.standby("3", "aarch64", "512", "1024"));
        assertKind(FormValidation.Kind.WARNING, Checks.standby("16", "aarch64", "", "256"));
    }

    private static void assertKind(FormValidation.Kind kind, FormValidation said) {
        assertThat(said.kind).as(said.getMessage()).isEqualTo(kind);
    }
}
