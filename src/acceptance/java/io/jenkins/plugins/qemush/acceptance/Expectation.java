package io.jenkins.plugins.qemush.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an example must come to.
 *
 * @param example a file of {@code examples}
 * @param parameters of the build
 * @param log what the build's log must have somewhere
 * @param artifacts what the build must have archived, among other things
 * @param tests how many test results it must have published
 */
record Expectation(
        String example,
        Map<String, String> parameters,
        String result,
        List<String> log,
        List<String> artifacts,
        int tests) {

    /** The names of the parameters, which a job must know before its first build. */
    Set<String> names() {
        return parameters.keySet();
    }

    /** What is otherwise than it must be; empty when all is well. */
    List<String> differences(Build build) {
        List<String> wrong = new ArrayList<>();
        if (!result.equals(build.result())) {
            wrong.add("the result is not " + result);
        }
        for (String text : log) {
            if (!build.log().contains(text)) {
                wrong.add("the log does not say: " + text);
            }
        }
        for (String artifact : artifacts) {
            if (!build.artifacts().contains(artifact)) {
                wrong.add("not archived: " + artifact);
            }
        }
        if (tests != build.tests()) {
            wrong.add("test results: " + build.tests() + " instead of " + tests);
        }
        return wrong;
    }
}
