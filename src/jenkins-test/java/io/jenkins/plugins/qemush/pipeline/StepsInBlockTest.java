package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import hudson.tasks.junit.TestResultAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The other steps of a body: those of the agent stay there, and see what the guest's scripts made. */
class StepsInBlockTest extends JenkinsWithImage {
    @Test
    void stepsOfTheAgentAndScriptsOfTheGuestSeeOneWorkspace() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "writeFile file: 'in.txt', text: 'from the agent'\n"
                        + "dir('sub folder') {\n"
                        + "  sh 'pwd; cat ../in.txt > out.txt; uname -m >> out.txt; rm ../in.txt'\n"
                        + "  echo readFile('out.txt')\n"
                        + "  stash name: 'results', includes: 'out.txt'\n"
                        + "}\n"
                        + "dir('other') { unstash 'results' }\n"
                        + "sh 'cmp \"sub folder/out.txt\" other/out.txt'\n"
                        + "echo \"in.txt exists: ${fileExists('in.txt')}\"\n"
                        + "archiveArtifacts 'sub folder/out.txt'");
        jenkins.assertLogContains("from the agentaarch64", run);
        jenkins.assertLogContains("in.txt exists: false", run);
        assertThat(run.getArtifacts()).extracting(Object::toString).contains("sub folder/out.txt");
    }

    @Test
    void failuresCanBeCaughtAndRetried() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "catchError(buildResult: 'SUCCESS') { sh 'exit 3' }\n"
                        + "retry(2) { sh 'test -e second || { touch second; exit 1; }' }\n"
                        + "echo 'went on'");
        jenkins.assertLogContains("went on", run);
    }

    @Test
    void nodeInTheBlockRunsOnThatNode() throws Exception {
        jenkins.createOnlineSlave(Label.get("elsewhere"));
        WorkflowRun run = Blocks.success(
                jenkins,
                "node('elsewhere') { sh 'echo \"here it is $(uname -m)\"' }\n"
                        + "sh 'echo \"there it is $(uname -m)\"'");
        jenkins.assertLogContains("here it is " + System.getProperty("os.arch").replace("amd64", "x86_64"), run);
        jenkins.assertLogContains("there it is aarch64", run);
    }

    @Test
    void nodeInTheBlockThatGetsTheSameAgentRunsOnTheAgent() throws Exception {
        jenkins.jenkins.setNumExecutors(2);
        WorkflowRun run = Blocks.success(
                jenkins,
                "node('built-in') { sh 'echo \"inside it is $(uname -m)\"' }\n"
                        + "sh 'echo \"around it is $(uname -m)\"'");
        jenkins.assertLogContains(
                "inside it is " + System.getProperty("os.arch").replace("amd64", "x86_64"), run);
        jenkins.assertLogContains("around it is aarch64", run);
    }

    @Test
    void directoryOutsideTheWorkspaceIsRefused() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "dir('/opt') { sh 'echo never said' }");
        Blocks.end(jenkins, Result.FAILURE, run);
        jenkins.assertLogContains("This step runs in /opt, and the guest shares ", run);
        jenkins.assertLogNotContains("never said\n", run);
    }

    @Test
    void pwshIsRefused() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "pwsh 'Get-Date'");
        Blocks.end(jenkins, Result.FAILURE, run);
        jenkins.assertLogContains("This step starts 'pwsh'", run);
    }

    @Test
    void testResultsOfTheGuestAreTheBuilds() throws Exception {
        WorkflowRun run = Blocks.start(
                jenkins,
                "sh '''mkdir results; cat > results/one.xml <<EOF\n"
                        + "<testsuite name=\"s\" tests=\"2\">\n"
                        + "<testcase classname=\"on.$(uname -m)\" name=\"passes\"/>\n"
                        + "<testcase classname=\"on.$(uname -m)\" name=\"fails\"><failure message=\"no\"/></testcase>\n"
                        + "</testsuite>\n"
                        + "EOF\n"
                        + "'''\n"
                        + "junit 'results/*.xml'");
        Blocks.end(jenkins, Result.UNSTABLE, run);
        TestResultAction results = run.getAction(TestResultAction.class);
        assertThat(results.getTotalCount()).isEqualTo(2);
        assertThat(results.getFailedTests())
                .extracting(failed -> failed.getFullName())
                .containsExactly("on.aarch64.fails");
    }

    @Test
    void logTellsOfImageQemuStartTimeAndFilesInAFewLines() throws Exception {
        WorkflowRun run =
                Blocks.success(jenkins, "writeFile file: 'in.txt', text: 'in'; sh 'rm in.txt; echo out > out.txt'");
        assertThat(JenkinsRule.getLog(run).lines().filter(line -> line.startsWith("qemuSh: ")))
                .satisfiesExactly(
                        line -> assertThat(line).matches("qemuSh: boots test-aarch64 \\(aarch64, \\d+ MB\\) on .*"),
                        line -> assertThat(line)
                                .matches("qemuSh: aarch64 answers after [0-9.]+ s: (booted|restored).*,"
                                        + " QEMU [0-9.]+ \\((tcg|kvm)\\); files taken in: none"),
                        line -> assertThat(line)
                                .contains("qemuSh: the machine aarch64 has ended; files taken in: 1 (0.0 kB);"
                                        + " brought back: 1 (0.0 kB), 1 deleted; its console: "));
    }

    @Test
    void directoryOfTheAgentIsThatOfTheGuest() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "dir('a/b') {\n"
                        + "  withEnv(['GREETING=hello']) { sh 'echo \"$GREETING from ${PWD#$WORKSPACE}\" > said.txt' }\n"
                        + "  echo \"${fileExists('said.txt')}: ${readFile('said.txt')}\"\n"
                        + "}");
        jenkins.assertLogContains("true: hello from /a/b", run);
    }

    @Test
    void filesThatCannotComeBackCostAWarningAndNoCommand() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "sh 'touch setuid kept; chmod 4755 setuid; mkfifo fifo; ln -s /etc/passwd link'\n"
                        + "echo \"kept: ${fileExists('kept')}, ${fileExists('setuid')}, ${fileExists('link')}\"");
        jenkins.assertLogContains("kept: true, true, false", run);
        jenkins.assertLogContains("syncLinks: 'keep'", run);
        jenkins.assertLogContains("'fifo'", run);
    }

    @Test
    void linksComeBackWhereTheStepSaysSo() throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.SUCCESS,
                "node('built-in') { qemuSh(arch: 'aarch64', syncLinks: 'keep') { sh 'ln -sfn /etc/passwd link' }\n"
                        + "sh 'readlink link' }");
        jenkins.assertLogContains("/etc/passwd\n", run);
    }

    @Test
    void namesOfOneFileStayOneFile() throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.SUCCESS,
                "node('built-in') { sh 'echo one >a; ln -f a b'\n"
                        + "qemuSh(arch: 'aarch64') { sh 'echo two >>a; echo in the guest: $(cat b)' }\n"
                        + "sh 'echo back: $(cat b), names $(stat -c %h b)' }");
        jenkins.assertLogContains("in the guest: one two\n", run);
        jenkins.assertLogContains("back: one two, names 2\n", run);
    }
}
