package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.net.URL;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step in the snippet generator: its form, and the Pipeline that comes out. */
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepFormTest {
    private JenkinsRule jenkins;

    @BeforeAll
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    void stop() throws Exception {
        jenkins.after();
    }

    @Test
    void formKeepsEveryParameter() throws Exception {
        QemuShStep step = new QemuShStep();
        step.setArch("riscv64");
        step.setUser("tester");
        step.setMemory(1024);
        step.setCpus(2);
        step.setNetwork("none");
        step.setSync("tar");
        step.setSyncExclude(".git/**");
        step.setSyncLinks("keep");
        step.setSyncSetid("keep");
        step.setSyncGit("keep");
        step.setOnConflict("fail");
        step.setBootTimeout(300);
        step.setIdleTimeout(0);
        step.setTotalTimeout(7200);
        step.setWarm("false");
        step.setArchiveConsole(false);
        assertThat(throughTheForm(step)).usingRecursiveComparison().isEqualTo(step);
    }

    @Test
    void formKeepsWhatIsNotSet() throws Exception {
        QemuShStep step = new QemuShStep();
        step.setArch("aarch64");
        assertThat(throughTheForm(step)).usingRecursiveComparison().isEqualTo(step);
    }

    @Test
    void snippetNamesOnlyWhatDiffersFromTheDefault() throws Exception {
        assertThat(snippet(
                        "{'arch': 'aarch64', 'cpus': '2', 'network': '', 'sync': 'auto', 'syncLinks': 'skip', 'onConflict': 'warn', 'warm': '',"
                                + " 'archiveConsole': true, 'memory': '', 'image': '', 'user': ''}"))
                .isEqualTo("qemuSh(arch: 'aarch64', cpus: 2) {\n    // some block\n}");
    }

    private QemuShStep throughTheForm(QemuShStep step) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new StepHolder(step));
        jenkins.configRoundtrip(project);
        return project.getBuildersList().get(StepHolder.class).getStep();
    }

    private String snippet(String form) throws Exception {
        JSONObject json = JSONObject.fromObject(form);
        json.put("stapler-class", QemuShStep.class.getName());
        json.put("$class", QemuShStep.class.getName());
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest request =
                    new WebRequest(new URL(jenkins.getURL(), "pipeline-syntax/generateSnippet"), HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("json", json.toString())));
            return client.getPage(client.addCrumb(request))
                    .getWebResponse()
                    .getContentAsString()
                    .strip();
        }
    }

    /** Something with a page of its own that has the step in it. */
    public static final class StepHolder extends Builder {
        private final QemuShStep step;

        @DataBoundConstructor
        public StepHolder(QemuShStep step) {
            this.step = step;
        }

        public QemuShStep getStep() {
            return step;
        }

        @TestExtension
        public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
            @Override
            public boolean isApplicable(Class<? extends AbstractProject> type) {
                return true;
            }
        }
    }
}
