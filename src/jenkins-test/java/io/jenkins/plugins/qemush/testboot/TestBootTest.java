package io.jenkins.plugins.qemush.testboot;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.FilesLocation;
import io.jenkins.plugins.qemush.config.MachineSettings;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.StoredLocation;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Test boots of the management page: what is shown, how they end, that no machine is left. */
@Tag("jenkins-vm")
@WithJenkins
class TestBootTest {

    /** QEMU's argument for a machine that does not run until it is told to. */
    private static final String NEVER_RUNS = "-S";

    private JenkinsRule jenkins;
    private JenkinsRule.WebClient browser;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        browser = rule.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        browser.setJavaScriptEnabled(false);
        Path image = TestImages.folder("aarch64").toAbsolutePath();
        ConfiguredImage damaged = new ConfiguredImage("wrong-root", "aarch64", files(image));
        MachineSettings machine = new MachineSettings();
        machine.setRoot("/dev/vdz");
        damaged.setMachine(machine);
        QemuShConfiguration.get()
                .setImages(List.of(
                        new ConfiguredImage("test-aarch64", "aarch64", new StoredLocation(image.toString())), damaged));
    }

    private static FilesLocation files(Path image) {
        FilesLocation files = new FilesLocation(
                image.resolve("kernel").toString(), image.resolve("disk.qcow2").toString());
        files.setInitrd(image.resolve("initrd").toString());
        return files;
    }

    @AfterEach
    void noMachineIsLeft() {
        await().untilAsserted(() -> assertThat(Agent.named("").machines()).isEmpty());
    }

    @Test
    void imageThatBootsIsToldByItsKernelItsConsoleAndItsTimeline() throws Exception {
        String page = start("test-aarch64");
        String over = awaitOver(page);
        assertThat(over).contains("It boots, and runs commands: Linux").contains("aarch64");
        assertThat(over).contains("firmware and quiet boot").contains("power-off");
        assertThat(text(page + "console/end?count=1000")).contains("Linux version");
    }

    @Test
    void imageThatDoesNotBootIsToldByItsVerdictAndTheConsoleAroundIt() throws Exception {
        String over = awaitOver(start("wrong-root"));
        assertThat(over).contains("root device /dev/vdz not found");
        assertThat(over).contains("The kernel sees these disks and partitions");
    }

    @Test
    void stoppedBootEndsAndKeepsItsConsole() throws Exception {
        String page = start("test-aarch64");
        await().until(() -> text(page + "console/end?count=1000").contains("Linux version"));
        assertThat(post(page + "stop")).isEqualTo(204);
        assertThat(awaitOver(page)).contains("The test boot was ended.");
        assertThat(text(page + "console/end?count=1000")).contains("Linux version");
    }

    @Test
    void leavingThePageEndsTheBoot() throws Exception {
        machineOf("wrong-root").setQemuArguments(NEVER_RUNS);
        String page = start("wrong-root");
        await().until(() -> browser.goTo(page).asXml().contains("It boots."));
        assertThat(post(page + "left")).isEqualTo(204);
        assertThat(awaitOver(page)).contains("The test boot was ended.");
    }

    @Test
    void nodeThatIsNotThereIsAConflictAndNothingIsStarted() throws Exception {
        assertThat(post("manage/qemu-sh/testBoot?node=gone&image=test-aarch64")).isEqualTo(409);
    }

    private static MachineSettings machineOf(String image) {
        return QemuShConfiguration.get().getImages().stream()
                .filter(configured -> configured.getName().equals(image))
                .findFirst()
                .orElseThrow()
                .getMachine();
    }

    /** @return the boot's page, relative to Jenkins */
    private String start(String image) throws IOException {
        WebResponse answer = browser.loadWebResponse(request("manage/qemu-sh/testBoot?node=&image=" + image));
        assertThat(answer.getStatusCode()).isEqualTo(204);
        return "manage/qemu-sh/" + answer.getResponseHeaderValue("Location");
    }

    private int post(String address) throws IOException {
        return browser.loadWebResponse(request(address)).getStatusCode();
    }

    private WebRequest request(String address) throws IOException {
        return browser.addCrumb(new WebRequest(new URL(jenkins.getURL(), address), HttpMethod.POST));
    }

    private String awaitOver(String page) {
        return await().until(() -> browser.goTo(page).asXml(), content -> !content.contains("data-live=\"true\""));
    }

    private String text(String address) throws Exception {
        return browser.goTo(address, "application/json").getWebResponse().getContentAsString();
    }
}
