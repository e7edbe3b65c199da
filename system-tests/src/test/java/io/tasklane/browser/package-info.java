/** A headless Chromium, driven over its DevTools protocol. */
package io.tasklane.browser;
