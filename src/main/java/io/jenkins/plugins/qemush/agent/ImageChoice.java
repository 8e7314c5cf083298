package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.image.store.ImageSource;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which image a block boots, as the controller knows it; the agent turns it into an {@link Image}. The agent's store is
 * that of its user, the one that the command-line tool fills, too.
 */
public sealed interface ImageChoice extends Serializable {

    /**
     * Gets the image ready on this host: fetched, if need be, and verified.
     *
     * @throws io.jenkins.plugins.qemush.engine.failure.HostFailure when there is none, or it is damaged
     */
    Image ready(Progress progress) throws IOException, InterruptedException;

    /** The commands that get the image into the store of another host; none when nothing is known of where it comes from. */
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
        public Image ready(Progress progress) throws IOException, InterruptedException {
            return store().ready(name, progress);
        }
    }

    /** The image of the agent's store that stands for an architecture. */
    record DefaultOf(String arch) implements ImageChoice {
        @Override
        public Image ready(Progress progress) throws IOException, InterruptedException {
            return store().ready(store().findDefault(arch).manifest().name(), progress);
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
     */
    record Located(String place) implements ImageChoice {
        @Override
        public Image ready(Progress progress) throws IOException, InterruptedException {
            Image image = store().add(ImageSource.at(place), progress);
            return store().ready(image.manifest().name(), progress);
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

    /** A kernel and a disk that lie on the agent; only {@code name}, {@code arch}, these two and {@code user} are set. */
    record ByHand(
            String name,
            String arch,
            String kernel,
            String disk,
            String initrd,
            String dtb,
            String user,
            String machineType,
            String rootDevice,
            String kernelArguments)
            implements ImageChoice {
        @Override
        public Image ready(Progress progress) throws IOException {
            MachineOverrides none = MachineOverrides.NONE;
            MachineOverrides overrides = new MachineOverrides(
                    Optional.ofNullable(machineType),
                    none.cpu(),
                    none.console(),
                    none.bus(),
                    none.disk(),
                    none.net(),
                    Optional.ofNullable(rootDevice),
                    none.memory(),
                    none.maxMemory(),
                    none.smp(),
                    Optional.ofNullable(kernelArguments),
                    none.qemuArguments());
            return new HandMade(
                            arch,
                            Path.of(kernel),
                            Path.of(disk),
                            Optional.ofNullable(initrd).map(Path::of),
                            Optional.ofNullable(dtb).map(Path::of),
                            Optional.empty(),
                            user,
                            overrides)
                    .image(name);
        }

        @Override
        public List<String> runFlags() {
            List<String> flags = new ArrayList<>(List.of("--arch", arch, "--kernel", kernel, "--disk", disk));
            addFlag(flags, "--initrd", initrd);
            addFlag(flags, "--dtb", dtb);
            addFlag(flags, "--machine", machineType);
            addFlag(flags, "--root", rootDevice);
            addFlag(flags, "--append", kernelArguments);
            return flags;
        }

        private static void addFlag(List<String> flags, String name, String value) {
            if (value != null) {
                flags.addAll(List.of(name, value));
            }
        }
    }

    private static ImageStore store() {
        return new ImageStore(QemuShHome.images(System.getenv()));
    }
}
