/**
 * Files from the web: resumed where they were cut, tried again, and never taken for whole before their digest fits.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.image.download.Download}. {@link
 * io.jenkins.plugins.qemush.engine.image.download.WebClient} makes one request.
 */
package io.jenkins.plugins.qemush.engine.image.download;
