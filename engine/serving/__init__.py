"""What stands between the network and the app: hosts, headers, who comes."""

from engine.serving.headers import SecurityHeaders
from engine.serving.host_config import HostConfig
from engine.serving.hosts import KnownHosts
from engine.serving.uploads import NoUploads
from engine.serving.visitors import Visitors

__all__ = ["HostConfig", "KnownHosts", "NoUploads", "SecurityHeaders", "Visitors"]
