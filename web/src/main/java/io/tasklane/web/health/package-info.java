/** MicroProfile Health: whether this node lives, has started, and can serve. */
package io.tasklane.web.health;
