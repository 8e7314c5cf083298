package io.jenkins.plugins.qemush.pipeline;

import java.lang.reflect.Field;
import java.time.Duration;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** A script may say nothing for hours. Jenkins takes it for dead when its log is not touched between two looks. */
class SilentScriptTest extends JenkinsWithImage {
    /** Five minutes in earnest. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

    @RegisterExtension
    static final FlagExtension<Integer> INTERVAL = new FlagExtension<>(
            SilentScriptTest::interval, SilentScriptTest::interval, Math.toIntExact(BETWEEN_LOOKS.toSeconds()));

    @Test
    void silentScriptIsNotTakenForDead() throws Exception {
        WorkflowRun run =
                Blocks.success(jenkins, "sh 'sleep " + 3 * BETWEEN_LOOKS.toSeconds() + "; echo spoke at last'");
        jenkins.assertLogContains("spoke at last\n", run);
    }

    private static int interval() {
        try {
            return field().getInt(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void interval(int seconds) {
        try {
            field().setInt(null, seconds);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Field field() throws ReflectiveOperationException {
        Field field = BourneShellScript.class.getDeclaredField("HEARTBEAT_CHECK_INTERVAL");
        field.setAccessible(true);
        return field;
    }
}
