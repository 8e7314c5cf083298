/**
 * Images: one bundle of kernel and disk (and initrd, dtb, firmware) for one architecture, and the store that keeps them.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.image.ImageManifest}, which is {@code image.json} in Java.
 */
package io.jenkins.plugins.qemush.engine.image;
