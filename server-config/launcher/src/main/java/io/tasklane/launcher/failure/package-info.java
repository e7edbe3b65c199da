/** Why a server cannot start, for the person who started it. */
package io.tasklane.launcher.failure;
