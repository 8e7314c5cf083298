/**
 * What an image is: one bundle of kernel and disk (and initrd, dtb, firmware) for one architecture.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.image.ImageManifest}, which is {@code image.json} in Java; {@link
 * io.jenkins.plugins.qemush.engine.image.Image} is a manifest with its files, {@link
 * io.jenkins.plugins.qemush.engine.image.HandMade} files without a manifest. The images that are kept, and how they get
 * there, are in {@code engine.image.store}; those that are built here, in {@code engine.image.build}.
 */
package io.jenkins.plugins.qemush.engine.image;
