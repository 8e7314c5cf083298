package io.jenkins.plugins.qemush.acceptance;

import java.util.List;

/**
 * A build that is over.
 *
 * @param artifacts paths of what it archived
 * @param tests how many it published
 */
record Build(String url, String result, String log, List<String> artifacts, int tests) {}
