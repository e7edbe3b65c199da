/** Where the processes of a server listen. */
package io.tasklane.launcher.address;
