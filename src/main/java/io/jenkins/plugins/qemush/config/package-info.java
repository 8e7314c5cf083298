/**
 * What administrators set on Jenkins' configuration page, or with Configuration as Code: images and limits.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.config.QemuShConfiguration}.
 */
package io.jenkins.plugins.qemush.config;
