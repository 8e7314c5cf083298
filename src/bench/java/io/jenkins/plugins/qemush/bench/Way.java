package io.jenkins.plugins.qemush.bench;

import io.jenkins.plugins.qemush.engine.image.Image;

/** A way of running commands in a machine. */
interface Way {
    String title();

    Sample measure(Image image) throws Exception;
}
