package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.configure.ScriptsInMachine;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.build.BuildRequest;
import io.jenkins.plugins.qemush.engine.image.build.DefaultImage;
import io.jenkins.plugins.qemush.engine.image.build.DefaultImage.Pull;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild;
import io.jenkins.plugins.qemush.engine.image.store.ImageSource;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which image a block boots, as the controller knows it; the agent turns it into an {@link Image}. The agent's store is
 * that of its user unless the configuration says otherwise, the one that the command-line tool fills, too.
 */
public sealed interface ImageChoice extends Serializable
        permits ImageChoice.Named,
                ImageChoice.DefaultOf,
                ImageChoice.Located,
                ImageChoice.Built,
                ImageChoice.Configured,
                ImageOfFiles {

    /**
     * Gets the image ready on this host: fetched, if need be, and verified.
     *
     * @param store this host's
     * @throws HostFailure when there is none, or it is damaged
     */
    Image ready(ImageStore store, Progress progress) throws IOException, InterruptedException;

    /** The image's architecture, or its name: what is known of it before it is ready. */
    String title();

    /**
     * How the image lies on this host.
     *
     * @param nameInStore how it is called there
     */
    default ImageState state(ImageStore store, String nameInStore) throws IOException {
        return ImageState.inStore(store, nameInStore);
    }

    /**
     * The image as it lies on this host, fit to boot; empty when it does not. Nothing is fetched.
     *
     * @param nameInStore how it is called there
     * @throws HostFailure when it is damaged
     */
    default Optional<Image> present(ImageStore store, String nameInStore) throws IOException, InterruptedException {
        return Files.isDirectory(store.root().resolve(nameInStore))
                ? Optional.of(store.ready(nameInStore, Progress.NONE))
                : Optional.empty();
    }

    /** What the configuration calls it; empty when it has no such image. */
    default Optional<String> configuredName() {
        return Optional.empty();
    }

    /** The commands that get the image into the store of another host; none when nobody knows where it comes from. */
    default List<List<String>> commands() {
        return List.of();
    }

    /** What {@code qemu-sh run} is told instead of the image's name; nothing for an image of the store. */
    default List<String> runFlags() {
        return List.of();
    }

    /** An image that lies in the agent's store. */
    record Named(String name) implements ImageChoice {
        @Override
        public String title() {
            return name;
        }

        @Override
        public Image ready(ImageStore store, Progress progress) throws IOException, InterruptedException {
            return store.ready(name, progress);
        }
    }

    /**
     * The image of the agent's store that stands for an architecture.
     *
     * @param makeMissing whether the agent builds it from Debian packages when its store has none
     */
    record DefaultOf(String arch, boolean makeMissing) implements ImageChoice {
        @Override
        public String title() {
            return arch;
        }

        @Override
        public Image ready(ImageStore store, Progress progress) throws IOException, InterruptedException {
            if (!makeMissing && store.lookUpDefault(arch).isEmpty()) {
                throw new HostFailure(
                        "There is no image for " + arch + " in " + store.root() + ", and agents may not make one.",
                        "Have an administrator add one on Jenkins' configuration page, or allow agents to make them there.");
            }
            return DefaultImage.of(arch, store).ready(Pull.MISSING, progress);
        }

        @Override
        public List<List<String>> commands() {
            return List.of(List.of("qemu-sh", "image", "build", "--arch", arch));
        }
    }

    /**
     * An image that comes into the agent's store when it is first used.
     *
     * @param place a folder of the agent, or a URL
     * @param sha256 of the image.json; null for any
     */
    record Located(String place, String sha256) implements ImageChoice {
        @Override
        public String title() {
            return "image";
        }

        @Override
        public Image ready(ImageStore store, Progress progress) throws IOException, InterruptedException {
            ImageSource source = ImageSource.at(place, Optional.ofNullable(sha256));
            if (sha256 == null && source.isRemote() && source.manifest().isPresent()) {
                source.manifest().get().machine().requirePlain();
            }
            Image image = store.add(source, progress);
            return store.ready(image.manifest().name(), progress);
        }

        @Override
        public List<List<String>> commands() {
            return List.of(List.of("qemu-sh", "image", "add", withoutSecrets(place)));
        }

        /** An address may have a user and a password, or a token in its query. */
        private static String withoutSecrets(String place) {
            return place.matches("(?i)https?:.*")
                    ? place.replaceFirst("//[^/]*@", "//").replaceFirst("\\?.*", "")
                    : place;
        }
    }

    /**
     * An image that the agent builds from Debian packages when its store has none of that name with these packages.
     *
     * @param suite null for the builder's own choice, as all that follows
     */
    record Built(String name, String arch, List<String> include, String suite, String mirror, String size)
            implements ImageChoice {
        @Override
        public String title() {
            return arch;
        }

        public Built {
            include = List.copyOf(include);
        }

        @Override
        public Image ready(ImageStore store, Progress progress) throws IOException, InterruptedException {
            if (!isThere(store)) {
                new ImageBuild(request(), new ScriptsInMachine(), progress::step).into(store, progress);
            }
            return store.ready(name, progress);
        }

        private boolean isThere(ImageStore store) {
            try {
                Image image = store.find(name);
                return image.manifest().arch().equals(arch)
                        && wanted().allMatch(name -> image.manifest().packages().stream()
                                .anyMatch(installed -> installed.startsWith(name + " ")));
            } catch (HostFailure e) {
                // There is none, or a damaged one: it is built.
                return false;
            }
        }

        /** Images of versions that ran no package's scripts have no dpkg. */
        private Stream<String> wanted() {
            return include.isEmpty() ? Stream.empty() : Stream.concat(Stream.of("dpkg"), include.stream());
        }

        private BuildRequest request() {
            return new BuildRequest(
                    arch,
                    Optional.of(name),
                    include,
                    Optional.ofNullable(size),
                    Optional.ofNullable(suite),
                    Optional.ofNullable(mirror),
                    Optional.empty(),
                    BuildRequest.Kind.USUAL);
        }

        @Override
        public List<List<String>> commands() {
            List<String> build = new ArrayList<>(List.of("qemu-sh", "image", "build", "--arch", arch, "--name", name));
            if (!include.isEmpty()) {
                build.addAll(List.of("--include", String.join(",", include)));
            }
            if (suite != null) {
                build.addAll(List.of("--suite", suite));
            }
            return List.of(build);
        }
    }

    /**
     * An image with what the configuration sets for it.
     *
     * @param name what the configuration calls it
     * @param arch what the configuration says that it is
     */
    record Configured(String name, String arch, ImageChoice image, ImageSettings settings) implements ImageChoice {
        @Override
        public String title() {
            return arch;
        }

        @Override
        public Image ready(ImageStore store, Progress progress) throws IOException, InterruptedException {
            return settings.appliedTo(image.ready(store, progress));
        }

        @Override
        public ImageState state(ImageStore store, String nameInStore) throws IOException {
            return image.state(store, nameInStore);
        }

        @Override
        public Optional<Image> present(ImageStore store, String nameInStore) throws IOException, InterruptedException {
            return image.present(store, nameInStore).map(settings::appliedTo);
        }

        @Override
        public Optional<String> configuredName() {
            return Optional.of(name);
        }

        @Override
        public List<List<String>> commands() {
            return image.commands();
        }

        @Override
        public List<String> runFlags() {
            List<String> flags = new ArrayList<>(image.runFlags());
            if (!flags.isEmpty()) {
                flags.addAll(settings.flags());
            }
            return flags;
        }
    }
}
