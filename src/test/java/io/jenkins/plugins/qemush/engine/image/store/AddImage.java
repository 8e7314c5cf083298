package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.image.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Adds an image in a JVM of its own: {@code AddImage STORE FOLDER-OR-URL}. Exit code 3 is a failure told in words. */
final class AddImage {
    private AddImage() {}

    public static void main(String[] arguments) throws Exception {
        try {
            new ImageStore(Path.of(arguments[0])).add(ImageSource.at(arguments[1]), Progress.NONE);
        } catch (QemuShException e) {
            System.out.println(e.getMessage() + " " + e.help());
            System.exit(3);
        }
    }

    static List<String> command(Path store, String place) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                AddImage.class.getName(),
                store.toString(),
                place));
    }
}
