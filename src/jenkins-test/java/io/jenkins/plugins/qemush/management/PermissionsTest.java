package io.jenkins.plugins.qemush.management;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import hudson.security.csrf.DefaultCrumbIssuer;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.FilesLocation;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.report.SampleMachine;
import io.jenkins.plugins.qemush.testboot.TestBoots;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may ask which address, and with which method. */
@WithJenkins
class PermissionsTest {
    private static final String PAGE = "manage/qemu-sh/";
    private static final String CONFIG = "descriptorByName/io.jenkins.plugins.qemush.config.";
    private static final String SECRET = "/srv/secret-path/kernel";

    private static final String IMAGES =
            "descriptorByName/io.jenkins.plugins.qemush.pipeline.QemuShStep/fillImageItems";

    private static final List<String> CONSOLE = List.of(
            "console/lines?from=1&count=1",
            "console/end?count=1",
            "console/after?offset=0&line=1",
            "console/search?q=a",
            "console/raw");

    private static final List<String> CHECKS = List.of(
            "QemuShConfiguration/checkMemory?value=1",
            "QemuShConfiguration/checkCpus?value=1",
            "QemuShConfiguration/checkBootTimeout?value=1",
            "QemuShConfiguration/checkIdleTimeout?value=1",
            "QemuShConfiguration/checkTotalTimeout?value=1",
            "QemuShConfiguration/checkMachinesPerAgent?value=1",
            "QemuShConfiguration/checkMemoryPerAgent?value=1",
            "QemuShConfiguration/checkAgentHome?value=/srv",
            "QemuShConfiguration/checkAgentRunFolder?value=/srv",
            "ConfiguredImage/checkArch?value=arm",
            "ConfiguredImage/checkName?value=a",
            "ConfiguredImage/checkUser?value=a",
            "MachineSettings/checkMemory?value=1&type=&arch=arm",
            "MachineSettings/checkMaxCpus?value=1",
            "StoredLocation/checkPlace?value=/srv&sha256=",
            "StoredLocation/checkSha256?value=",
            "DebianLocation/checkInclude?value=gcc",
            "DebianLocation/checkMirror?value=",
            "DebianLocation/checkSize?value=1G",
            "FilesLocation/checkKernel?value=/srv&kernelSha256=",
            "FilesLocation/checkKernelSha256?value=",
            "FilesLocation/checkDisk?value=/srv&diskSha256=",
            "FilesLocation/checkDiskSha256?value=",
            "FilesLocation/checkInitrd?value=/srv&initrdSha256=",
            "FilesLocation/checkInitrdSha256?value=",
            "FilesLocation/checkDtb?value=/srv&dtbSha256=",
            "FilesLocation/checkDtbSha256?value=",
            "FilesLocation/checkFirmware?value=/srv&firmwareSha256=",
            "FilesLocation/checkFirmwareSha256?value=");

    private static final List<String> DROP_DOWNS = List.of(
            "QemuShConfiguration/fillWarmItems",
            "QemuShConfiguration/fillNetworkItems",
            "ConfiguredImage/fillArchItems",
            "MachineSettings/fillBusItems",
            "MachineSettings/fillDiskBusItems");

    private JenkinsRule jenkins;
    private String boot;
    private FreeStyleBuild build;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Jenkins.SYSTEM_READ.setEnabled(true);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "configurer", "system")
                .grant(Item.CONFIGURE, Item.BUILD)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.SYSTEM_READ)
                .everywhere()
                .to("system")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        ConfiguredImage image = new ConfiguredImage("board", "armhf", new FilesLocation(SECRET, "/srv/disk.img"));
        QemuShConfiguration.get().setImages(List.of(image));
        boot = PAGE + "boot/" + TestBoots.get().start("", image) + "/";
        build = rule.buildAndAssertSuccess(rule.createFreeStyleProject("job"));
        SampleMachine.in(build, "aarch64", "plain");
    }

    @AfterEach
    void disableAgain() {
        Jenkins.SYSTEM_READ.setEnabled(false);
    }

    @Test
    void pagesOfTheSystemAreForWhoMayReadTheSystem() throws Exception {
        List<String> addresses = Stream.concat(
                        Stream.of(PAGE, PAGE + "tableNow", boot, boot + "stateNow"),
                        CONSOLE.stream().map(boot::concat))
                .toList();
        for (String address : addresses) {
            assertStatus(HttpMethod.GET, address, "admin", 200);
            assertStatus(HttpMethod.GET, address, "system", 200);
            for (String user : List.of("anonymous", "reader", "configurer")) {
                assertStatus(HttpMethod.GET, address, user, 403);
            }
        }
    }

    @Test
    void whatActsIsForAdministratorsAlone() throws Exception {
        for (String address : acts()) {
            for (String user : List.of("anonymous", "reader", "configurer", "system")) {
                assertStatus(HttpMethod.POST, address, user, 403);
            }
        }
    }

    @Test
    void nothingActsOnGet() throws Exception {
        for (String address : acts()) {
            assertStatus(HttpMethod.GET, address, "admin", 404);
        }
    }

    @Test
    void nothingActsWithoutACrumb() throws Exception {
        jenkins.jenkins.setCrumbIssuer(new DefaultCrumbIssuer(false));
        JenkinsRule.WebClient browser = client("admin");
        for (String address : acts()) {
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), address), HttpMethod.POST);
            assertThat(browser.loadWebResponse(request).getStatusCode())
                    .as(address)
                    .isEqualTo(403);
        }
    }

    private List<String> acts() {
        Stream<String> ofImages = Stream.of("prefetch", "verify", "remove", "cancel", "testBoot")
                .map(act -> PAGE + act + "?node=&image=board");
        return Stream.concat(ofImages, Stream.of("alive", "left", "stop").map(boot::concat))
                .toList();
    }

    @Test
    void checksOfTheFormAreForAdministrators() throws Exception {
        for (String check : CHECKS) {
            assertStatus(HttpMethod.POST, CONFIG + check, "admin", 200);
            assertStatus(HttpMethod.GET, CONFIG + check, "admin", 404);
            for (String user : List.of("anonymous", "reader", "configurer", "system")) {
                assertStatus(HttpMethod.POST, CONFIG + check, user, 403);
            }
        }
    }

    @Test
    void dropDownsOfTheFormAreForWhoMayReadTheSystem() throws Exception {
        for (String fill : DROP_DOWNS) {
            assertStatus(HttpMethod.POST, CONFIG + fill, "admin", 200);
            assertStatus(HttpMethod.POST, CONFIG + fill, "system", 200);
            for (String user : List.of("anonymous", "reader", "configurer")) {
                assertStatus(HttpMethod.POST, CONFIG + fill, user, 403);
            }
        }
    }

    @Test
    void pagesOfABuildAreForWhoMayReadTheJob() throws Exception {
        List<String> addresses = Stream.concat(
                        Stream.of("", "tableNow", "aarch64/", "aarch64/stateNow", "aarch64/log"),
                        CONSOLE.stream()
                                .filter(address -> !address.endsWith("raw"))
                                .map("aarch64/"::concat))
                .map(address -> build.getUrl() + "qemu-sh/" + address)
                .toList();
        for (String address : addresses) {
            for (String user : List.of("reader", "configurer", "system", "admin")) {
                assertStatus(HttpMethod.GET, address, user, 200);
            }
            assertStatus(HttpMethod.GET, address, "anonymous", 403);
        }
    }

    @Test
    void readersLearnNoPathsOfImages() throws Exception {
        for (String address : List.of("", "manage/", "pipeline-syntax/")) {
            assertThat(get(address, "reader").getContentAsString()).doesNotContain(SECRET);
        }
    }

    @Test
    void namesOfImagesAreForWhoMaySeeTheJobsConfiguration() throws Exception {
        assertThat(post("job/job/" + IMAGES, "configurer").getContentAsString())
                .contains("board")
                .doesNotContain(SECRET);
        assertThat(post("job/job/" + IMAGES, "reader").getContentAsString()).doesNotContain("board");
        assertThat(post(IMAGES, "configurer").getContentAsString()).doesNotContain("board");
        assertStatus(HttpMethod.GET, "job/job/" + IMAGES, "admin", 404);
    }

    @Test
    void whoMayReadTheSystemSeesNoButtons() throws Exception {
        assertThat(get(PAGE, "system").getContentAsString()).contains("board").doesNotContain("qemush-act\"");
        assertThat(get(PAGE, "admin").getContentAsString()).contains("data-act=\"testBoot\"");
    }

    private void assertStatus(HttpMethod method, String address, String user, int status) throws Exception {
        JenkinsRule.WebClient browser = client(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), address), method);
        WebResponse answer = browser.loadWebResponse(method == HttpMethod.POST ? browser.addCrumb(request) : request);
        assertThat(answer.getStatusCode())
                .as("%s %s as %s", method, address, user)
                .isEqualTo(status);
    }

    private WebResponse post(String address, String user) throws Exception {
        JenkinsRule.WebClient browser = client(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), address), HttpMethod.POST);
        return browser.loadWebResponse(browser.addCrumb(request));
    }

    private WebResponse get(String address, String user) throws Exception {
        return client(user).loadWebResponse(new WebRequest(new URL(jenkins.getURL(), address)));
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        browser.setRedirectEnabled(false);
        return user.equals("anonymous") ? browser : browser.withBasicCredentials(user);
    }
}
