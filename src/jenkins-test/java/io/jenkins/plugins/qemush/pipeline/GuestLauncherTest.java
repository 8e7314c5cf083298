package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.model.TaskListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** Steps of other plugins launch what they want in the guest, with their streams. */
class GuestLauncherTest extends JenkinsWithImage {
    @Test
    void anyLaunchRunsInTheGuestWithItsStreams() throws Exception {
        Blocks.success(jenkins, "launches()");
    }

    /** Launches in every way that there is. */
    public static final class LaunchesStep extends Step {
        @DataBoundConstructor
        public LaunchesStep() {}

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context);
        }

        @TestExtension
        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "launches";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(Launcher.class, FilePath.class, TaskListener.class);
            }
        }
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<Void> implements Serializable {
        private static final long serialVersionUID = 1L;

        private Execution(StepContext context) {
            super(context);
        }

        @Override
        protected Void run() throws Exception {
            Launcher launcher = getContext().get(Launcher.class);
            FilePath workspace = getContext().get(FilePath.class);
            outputErrorsAndStatusArrive(launcher, workspace);
            inputReachesTheCommand(launcher, workspace);
            streamsCanBeReadWhileItRuns(launcher, workspace);
            deprecatedWaysLeadIntoTheGuestToo(launcher, workspace);
            killedCommandEnds(launcher, workspace);
            assertThat(launcher.isUnix()).isTrue();
            return null;
        }

        private void outputErrorsAndStatusArrive(Launcher launcher, FilePath workspace) throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int status = launcher.launch()
                    .cmds("sh", "-c", "uname -m; env | grep ^GREETING=; pwd; echo wrong >&2; exit 7")
                    .envs(Map.of("GREETING", "grüße $HOME"))
                    .pwd(workspace)
                    .stdout(out)
                    .stderr(err)
                    .join();
            assertThat(status).isEqualTo(7);
            assertThat(text(out)).isEqualTo("aarch64\nGREETING=grüße $HOME\n" + workspace.getRemote() + "\n");
            assertThat(text(err)).isEqualTo("wrong\n");
        }

        private void inputReachesTheCommand(Launcher launcher, FilePath workspace) throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int status = launcher.launch()
                    .cmds("sh", "-c", "wc -c")
                    .pwd(workspace)
                    .stdin(new ByteArrayInputStream(new byte[300_000]))
                    .stdout(out)
                    .join();
            assertThat(status).isZero();
            assertThat(text(out).strip()).isEqualTo("300000");
        }

        private void streamsCanBeReadWhileItRuns(Launcher launcher, FilePath workspace) throws Exception {
            Proc cat = launcher.launch()
                    .cmds("cat")
                    .pwd(workspace)
                    .readStdout()
                    .writeStdin()
                    .start();
            cat.getStdin().write("to and fro\n".getBytes(StandardCharsets.UTF_8));
            cat.getStdin().close();
            assertThat(new String(cat.getStdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("to and fro\n");
            assertThat(cat.join()).isZero();
        }

        @SuppressWarnings("deprecation")
        private void deprecatedWaysLeadIntoTheGuestToo(Launcher launcher, FilePath workspace) throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String[] command = {"uname", "-m"};
            assertThat(launcher.launch(command, new String[0], null, out, workspace)
                            .join())
                    .isZero();
            assertThat(launcher.launch(command, new boolean[2], new String[0], null, out, workspace)
                            .join())
                    .isZero();
            assertThat(text(out)).isEqualTo("aarch64\naarch64\n");
        }

        private void killedCommandEnds(Launcher launcher, FilePath workspace) throws Exception {
            Proc sleep = launcher.launch().cmds("sleep", "1000").pwd(workspace).start();
            assertThat(sleep.isAlive()).isTrue();
            sleep.kill();
            assertThat(sleep.join()).isNotZero();
        }

        private static String text(ByteArrayOutputStream bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
