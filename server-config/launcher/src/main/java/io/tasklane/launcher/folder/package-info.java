/** The two folders a server lives on: the built one it runs from, and the lasting data folder. */
package io.tasklane.launcher.folder;
