package io.jenkins.plugins.qemush.report;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import java.nio.file.Files;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages of a build's machines, in a browser. */
@WithJenkins
class BuildPageTest {
    private static final String ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>&\"'";

    private JenkinsRule jenkins;
    private JenkinsRule.WebClient browser;
    private FreeStyleBuild build;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        // The scripts are newer than what this browser knows; src/test/browser has one that knows them.
        browser = rule.createWebClient().withJavaScriptEnabled(false);
        build = rule.buildAndAssertSuccess(rule.createFreeStyleProject("job"));
    }

    @Test
    void buildSaysHowItsMachinesDidAndLeadsToThem() throws Exception {
        SampleMachine.in(build, "aarch64", "plain").passed();
        SampleMachine.in(build, "armhf", "plain").crashed("The kernel panicked: VFS", "Kernel panic - not syncing");

        HtmlPage page = browser.getPage(build);

        assertThat(page.asNormalizedText())
                .contains("2 virtual machines: 1 passed, 1 crashed", "The kernel panicked: VFS");
        page.getAnchorByText("armhf").click();
    }

    @Test
    void machineShowsItsVerdictTheConsoleAroundItAndItsTimeline() throws Exception {
        SampleMachine.in(build, "aarch64", "plain").crashed("The kernel panicked: VFS", "Kernel panic - not syncing");

        HtmlPage page = browser.getPage(build, "qemu-sh/aarch64/");

        assertThat(page.asNormalizedText())
                .contains("The kernel panicked: VFS", "Kernel panic - not syncing", "qemu-sh run plain", "512 MB");
        assertThat(page.getElementsByTagName("svg")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(page.asXml()).contains("firmware and quiet boot: 1.00 s").contains("sh plain: 0.50 s");
    }

    @Test
    void textsOfJobsImagesAndGuestsAreShownAsTexts() throws Exception {
        SampleMachine.in(build, "aarch64", ATTACK).crashed(ATTACK, ATTACK).console(ATTACK + "\n");

        for (String address : List.of("", "qemu-sh/", "qemu-sh/aarch64/", "qemu-sh/aarch64/log")) {
            HtmlPage page = browser.getPage(build, address);
            assertThat(page.getByXPath("//img[@src='x']")).as(address).isEmpty();
            assertThat(page.getByXPath("//script[contains(., 'alert(2)')]"))
                    .as(address)
                    .isEmpty();
        }
        assertThat(browser.getPage(build, "qemu-sh/aarch64/").asNormalizedText())
                .contains("image <img src=x onerror=alert(1)>")
                .contains("node <img src=x onerror=alert(1)>")
                .contains("user <img src=x onerror=alert(1)>");
    }

    @Test
    void consoleIsAnsweredAsJsonAndDownloadedAsAFile() throws Exception {
        SampleMachine.in(build, "aarch64", "plain").passed().console("one\n\033[31m<b>two</b>\033[0m\nthree\n");

        String lines = browser.goTo(build.getUrl() + "qemu-sh/aarch64/console/lines?from=2&count=1", "application/json")
                .getWebResponse()
                .getContentAsString();
        assertThat(lines).contains("\"n\":2").contains("[\"<b>two</b>\",\"red\"]");
        var raw = browser.goTo(build.getUrl() + "qemu-sh/aarch64/console/raw", "text/plain")
                .getWebResponse();
        assertThat(raw.getResponseHeaderValue("Content-Disposition")).startsWith("attachment;");
        assertThat(raw.getContentAsString()).contains("<b>two</b>");
    }

    @Test
    void consoleOfAMachineThatIsToComeIsWaitedFor() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("echo 'goes on'; sleep 600", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("goes on", run);
        SampleMachine.in(run, "aarch64", "plain");

        String console = browser.goTo(run.getUrl() + "qemu-sh/aarch64/console/end?count=10", "application/json")
                .getWebResponse()
                .getContentAsString();

        assertThat(console).contains("\"lines\":[]").contains("\"live\":true");
        run.doKill();
        jenkins.waitForCompletion(run);
    }

    @Test
    void architectureThatIsNoNameDoesNotNameAFolder() throws Exception {
        SampleMachine machine = SampleMachine.in(build, "../../evil", "plain").passed();

        assertThat(machine.name()).isEqualTo("machine");
        assertThat(build.getRootDir().toPath().resolve("qemu-sh/machine")).isDirectory();
    }

    @Test
    void missingAndDamagedFilesCostTheirContentAlone() throws Exception {
        SampleMachine.in(build, "aarch64", "plain").passed();
        SampleMachine.in(build, "armhf", "plain").passed();
        Files.writeString(build.getRootDir().toPath().resolve("qemu-sh/aarch64/machine.json"), "{ not json");
        Files.delete(build.getRootDir().toPath().resolve("qemu-sh/armhf/events.jsonl"));

        assertThat(browser.getPage(build, "qemu-sh/").asNormalizedText()).contains("aarch64", "armhf");
        browser.getPage(build, "qemu-sh/aarch64/");
        browser.getPage(build, "qemu-sh/armhf/");
    }

    @Test
    void whatIsKeptOfMachinesGoesWithTheBuild() throws Exception {
        SampleMachine.in(build, "aarch64", "plain").passed();
        var folder = build.getRootDir().toPath();

        build.delete();

        assertThat(folder).doesNotExist();
    }

    @Test
    void buildThatIsLoadedAgainStillHasItsMachines() throws Exception {
        SampleMachine.in(build, "aarch64", "plain").passed();
        jenkins.jenkins.reload();

        FreeStyleBuild loaded = (FreeStyleBuild) hudson.model.Run.fromExternalizableId(build.getExternalizableId());
        assertThat(browser.getPage(loaded, "qemu-sh/aarch64/").asNormalizedText())
                .contains("The block succeeded.");
    }
}
