/** Building the server folder; none of this runs when a server does. */
package io.tasklane.launcher.image;
