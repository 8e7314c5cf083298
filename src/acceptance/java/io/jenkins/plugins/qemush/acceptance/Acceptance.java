package io.jenkins.plugins.qemush.acceptance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs each example, tells what is wrong with it, and ends with the numbers of those that passed and failed. */
final class Acceptance {
    private static final String MATRIX = "matrix.Jenkinsfile";

    /** The examples, and how each of them shows that it did what it is for. */
    private static final String OWN_IMAGE = System.getProperty("ownImage", "buildroot-aarch64");

    private static final List<Expectation> EXPECTATIONS = List.of(
            new Expectation(
                    MATRIX,
                    Map.of(),
                    "SUCCESS",
                    List.of("aarch64", "armv7l", "riscv64", "s390x"),
                    List.of(
                            "aarch64/machine.txt",
                            "armhf/machine.txt",
                            "riscv64/machine.txt",
                            "s390x/machine.txt",
                            "qemu-sh/aarch64/console.log",
                            "qemu-sh/armhf/console.log",
                            "qemu-sh/riscv64/console.log",
                            "qemu-sh/s390x/console.log",
                            "qemu-sh/s390x-2/console.log"),
                    4),
            new Expectation(
                    "cross-compile.Jenkinsfile",
                    Map.of(),
                    "SUCCESS",
                    List.of("sum 5050"),
                    List.of("calls.txt", "debugger.txt"),
                    0),
            new Expectation(
                    "native-tests.Jenkinsfile",
                    Map.of("ARCH", "s390x", "FAIL", "false"),
                    "SUCCESS",
                    List.of("s390x is gone"),
                    List.of(),
                    4),
            new Expectation(
                    "native-tests.Jenkinsfile",
                    Map.of("ARCH", "s390x", "FAIL", "true"),
                    "UNSTABLE",
                    List.of("s390x is gone"),
                    List.of(),
                    4),
            new Expectation(
                    "own-image.Jenkinsfile",
                    Map.of("IMAGE", OWN_IMAGE),
                    "SUCCESS",
                    List.of("uid="),
                    List.of("qemu-sh/" + OWN_IMAGE + "/console.log"),
                    0),
            new Expectation(
                    "own-image.Jenkinsfile",
                    Map.of("IMAGE", "there-is-no-such-image"),
                    "FAILURE",
                    List.of("there-is-no-such-image"),
                    List.of(),
                    0),
            new Expectation(
                    "parallel.Jenkinsfile",
                    Map.of(),
                    "SUCCESS",
                    List.of("aarch64 says aarch64", "x86_64 says x86_64", "s390x says s390x"),
                    List.of("machine-aarch64.txt", "machine-x86_64.txt", "machine-s390x.txt"),
                    0));

    private Acceptance() {}

    /** @param arguments the Jenkins' URL, then the examples to run; none for all */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Jenkins jenkins = new Jenkins(URI.create(arguments[0]), System.getenv("QEMU_SH_JENKINS_AUTH"));
        List<String> wanted = List.of(arguments).subList(1, arguments.length);
        int passed = 0;
        int failed = 0;
        for (Expectation expectation : EXPECTATIONS) {
            if (!wanted.isEmpty() && !wanted.contains(expectation.example())) {
                continue;
            }
            if (meets(expectation, jenkins)) {
                passed++;
            } else {
                failed++;
            }
        }
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed == 0 && passed > 0 ? 0 : 1);
    }

    private static boolean meets(Expectation expectation, Jenkins jenkins) throws IOException, InterruptedException {
        String job = "qemu-sh-acceptance-" + expectation.example().replace(".Jenkinsfile", "");
        jenkins.writePipeline(job, Files.readString(Path.of("examples", expectation.example())), expectation.names());
        long start = System.nanoTime();
        Build build = jenkins.build(job, expectation.parameters());
        List<String> wrong = new ArrayList<>(expectation.differences(build));
        System.out.printf(
                "%-6s %s %s: %s in %.0f s, %s%n",
                wrong.isEmpty() ? "ok" : "WRONG",
                expectation.example(),
                expectation.parameters(),
                build.result(),
                (System.nanoTime() - start) / 1e9,
                build.url());
        wrong.forEach(difference -> System.out.println("       " + difference));
        return wrong.isEmpty();
    }
}
