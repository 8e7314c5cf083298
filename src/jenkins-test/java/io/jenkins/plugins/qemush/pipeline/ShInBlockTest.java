package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The stock {@code sh} step behaves in a guest as it does on an agent. */
@WithJenkins
class ShInBlockTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImage();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Blocks.assertNothingIsLeft("");
    }

    @Test
    void shRunsInTheGuestAndTheBlockHasItsBodysValue() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Blocks.job(
                        jenkins,
                        "node { def said = qemuSh(arch: 'aarch64') { sh(script: 'uname -m', returnStdout: true).trim() }\n"
                                + "echo \"the guest is ${said}\" }")
                .scheduleBuild2(0)
                .waitForStart()));
        jenkins.assertLogContains("the guest is aarch64", run);
    }

    @Test
    void exitCodeIsTheFailuresText() throws Exception {
        WorkflowRun run = Blocks.failure(jenkins, "sh 'exit 37'");
        jenkins.assertLogContains("script returned exit code 37", run);
    }

    @Test
    void statusIsReturnedWhenAskedFor() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "echo \"one ${sh(script: 'false; echo not reached', returnStatus: true)}\"\n"
                        + "echo \"two ${sh(script: 'kill -9 $$', returnStatus: true)}\"");
        jenkins.assertLogContains("one 1", run);
        jenkins.assertLogContains("two 137", run);
        jenkins.assertLogNotContains("\nnot reached", run);
    }

    @Test
    void scriptsArriveAsWritten() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "sh '''set +x\n"
                        + "name='it is \"quoted\" and $5'\n"
                        + "printf '<%s>\\\\n' \"$name\" 'back\\\\slash' \"$(printf 'grüße')\"\n"
                        + "'''\n"
                        + "sh '''#!/bin/bash\n"
                        + "words=(one two); echo \"bash has ${#words[@]} words\"\n"
                        + "'''");
        jenkins.assertLogContains("<it is \"quoted\" and $5>", run);
        jenkins.assertLogContains("<back\\slash>", run);
        jenkins.assertLogContains("<grüße>", run);
        jenkins.assertLogContains("bash has 2 words", run);
    }

    @Test
    void environmentIsTheBuildsAndTheGuests() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "withEnv(['OWN=of the build', 'PATH+TOOLS=/opt/tools']) {\n"
                        + "  sh 'set +x; echo \"OWN=$OWN BUILD=$BUILD_NUMBER HOME=$HOME PATH=$PATH\"; test \"$PWD\" = \"$WORKSPACE\"'\n"
                        + "}");
        jenkins.assertLogContains("OWN=of the build BUILD=1 HOME=/home/user PATH=/opt/tools:/usr/", run);
    }

    @Test
    void megabytesArriveCompleteAndInOrder() throws Exception {
        WorkflowRun run = Blocks.success(jenkins, "sh 'set +x; seq 1 400000 | sed s/^/line:/'");
        int next = 1;
        for (String line : (Iterable<String>) JenkinsRule.getLog(run).lines()::iterator) {
            if (line.startsWith("line:")) {
                assertThat(line).isEqualTo("line:" + next++);
            }
        }
        assertThat(next).isEqualTo(400001);
    }

    @Test
    void moreScriptsRunAtOnceThanOneConnectionCarries() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "def branches = [:]\n"
                        + "for (int i = 1; i <= 14; i++) { int n = i; branches['b' + n] = { sh \"sleep 1; echo branch-${n}-done\" } }\n"
                        + "parallel branches");
        for (int n = 1; n <= 14; n++) {
            jenkins.assertLogContains("branch-" + n + "-done", run);
        }
    }

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
}
