package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;

/** Listens to one command, and adds a line to its standard error when it failed for want of a program. */
final class CommandAdvice {
    private final ImageAdvice image;
    private final GuestStreams streams;
    private final OutputEnd out;
    private final OutputEnd err;

    CommandAdvice(ImageManifest image, GuestStreams streams) {
        this.image = new ImageAdvice(image);
        this.streams = streams;
        this.out = new OutputEnd(streams.out());
        this.err = new OutputEnd(streams.err());
    }

    /** For the command, in place of its own. */
    GuestStreams streams() {
        return new GuestStreams(streams.in(), out, err);
    }

    /** @param status the command's own, which stays as it is */
    void after(int status) {
        if (status != 0) {
            image.toUser(err.text() + "\n" + out.text()).ifPresent(new Remarks(streams.err())::tell);
        }
    }
}
