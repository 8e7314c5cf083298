package io.jenkins.plugins.qemush.cli;

import picocli.CommandLine.Command;

/** {@code qemu-sh image}: the images of this user. */
@Command(
        name = "image",
        synopsisSubcommandLabel = "COMMAND",
        description = "Make, get, check, warm and remove images.",
        subcommands = {
            ImageBuildCommand.class,
            ImageAddCommand.class,
            ImageListCommand.class,
            ImageVerifyCommand.class,
            ImageWarmCommand.class,
            ImageRemoveCommand.class,
            ImageExportCommand.class
        })
final class ImageCommand {}
