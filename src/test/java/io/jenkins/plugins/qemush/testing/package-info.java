/** What tests that boot machines share: the images. */
package io.jenkins.plugins.qemush.testing;
