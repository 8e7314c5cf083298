package io.jenkins.plugins.qemush.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form on Manage Jenkins, System, in a browser. */
@WithJenkins
class ConfigurationFormTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void savingTwiceChangesNothing() throws Exception {
        SavedConfiguration.loadExample();
        String before = SavedConfiguration.xml();
        jenkins.configRoundtrip();
        assertThat(SavedConfiguration.xml()).isEqualTo(before);
        jenkins.configRoundtrip();
        assertThat(SavedConfiguration.xml()).isEqualTo(before);
    }

    @Test
    void savingWhatNobodyHasSetKeepsTheDefaults() throws Exception {
        jenkins.configRoundtrip();
        QemuShConfiguration saved = QemuShConfiguration.get();
        assertThat(saved.getImages()).isEmpty();
        assertThat(saved.getMemory()).isNull();
        assertThat(saved.getCpus()).isEqualTo(1);
        assertThat(saved.getNetwork()).isEqualTo("user");
        assertThat(saved.getWarm()).isEqualTo("auto");
        assertThat(saved.getBootTimeout()).isEqualTo(180);
        assertThat(saved.getIdleTimeout()).isZero();
        assertThat(saved.isArchiveConsole()).isTrue();
        assertThat(saved.getAgentHome()).isNull();
    }

    @Test
    void imageWithoutItsKernelIsRefusedAndNothingIsSaved() throws Exception {
        SavedConfiguration.loadExample();
        String before = SavedConfiguration.xml();
        String refusal = submitWith("_.kernel", "");
        assertThat(refusal).contains("board has no usable location. It needs a kernel and a disk.");
        assertThat(SavedConfiguration.xml()).isEqualTo(before);
        assertThat(QemuShConfiguration.get().getImages()).hasSize(3);
    }

    @Test
    void twoImagesOfOneNameAreRefused() throws Exception {
        SavedConfiguration.loadExample();
        String refusal = submitWith("_.name", "board");
        assertThat(refusal).contains("there are two images called board");
    }

    @Test
    void moreMemoryThanTheMachineCanAddressIsRefused() throws Exception {
        SavedConfiguration.loadExample();
        MachineSettings machine = new MachineSettings();
        machine.setMemory(256);
        ConfiguredImage image = new ConfiguredImage("mips", "mipsel", new DebianLocation());
        image.setMachine(machine);
        QemuShConfiguration.get().setImages(List.of(image));
        assertThat(submitWith("_.memory", "512")).contains("takes at most 256 MB");
    }

    @Test
    void addressWithAPasswordIsRefused() throws Exception {
        SavedConfiguration.loadExample();
        assertThat(submitWith("_.place", "https://me:secret@images.example.org/image.json"))
                .contains("must not have a user and a password");
    }

    /** Sets the first field of that name in an image, and saves. */
    private String submitWith(String field, String value) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlPage page = browser.goTo("configure");
        HtmlForm form = page.getFormByName("config");
        DomElement input = form.getFirstByXPath(".//*[@name='images']//input[@name='" + field
                + "' and not(ancestor::*[contains(@class,'to-be-removed')])]");
        ((HtmlInput) input).setValue(value);
        return jenkins.submit(form).getWebResponse().getContentAsString();
    }
}
