package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.build.KnownProgram;
import java.io.IOException;
import java.util.Optional;

/**
 * What to do when a command failed for want of a program: a sentence about the first one that is known and missing.
 *
 * @param image what the command ran in
 */
record ImageAdvice(ImageManifest image) {

    /**
     * For whoever has the command line.
     *
     * @param lastWords the end of what the command said
     */
    Optional<String> toUser(String lastWords) {
        return missing(lastWords)
                .map(program -> lack(program) + "One that has them: qemu-sh image build --arch " + image.arch()
                        + " --include " + program.packages() + " --name " + image.arch() + "-dev."
                        + program.otherWay()
                                .map(way -> " Or do without: " + way + ".")
                                .orElse(""));
    }

    /** For whoever reads a build's log. */
    Optional<String> toJenkins(String lastWords) {
        return missing(lastWords)
                .map(program -> lack(program) + "Have an administrator add one with " + program.packages()
                        + " on Jenkins' configuration page (built from Debian packages).");
    }

    private String lack(KnownProgram program) {
        return "For " + program.name() + " the image " + image.name() + " lacks packages. ";
    }

    private Optional<KnownProgram> missing(String lastWords) {
        return MissingProgram.in(lastWords)
                .map(this::lookUp)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<KnownProgram> lookUp(String program) {
        try {
            return KnownProgram.missingFrom(image, program);
        } catch (IOException e) {
            // The command's own words have to do.
            System.getLogger(ImageAdvice.class.getName()).log(System.Logger.Level.WARNING, "no advice", e);
            return Optional.empty();
        }
    }
}
