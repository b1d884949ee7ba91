"""Shapes of what the host tells, for the OpenAPI description: see reply_models.py."""

from typing import List, Literal, Optional

from pydantic import BaseModel


class EnvironmentFacts(BaseModel):
    path: str
    name: str
    executable: str
    python: str
    state: Literal["ready", "broken"]
    requirements: List[str]
    usedBy: List[str]
    sizeBytes: int


class EnvironmentReply(EnvironmentFacts):
    success: Literal[True]


class EnvironmentList(BaseModel):
    success: Literal[True]
    environments: List[EnvironmentFacts]


class InstalledPackage(BaseModel):
    name: str
    version: str


class EnvironmentStatus(EnvironmentReply):
    packages: List[InstalledPackage]


class RuntimeFacts(BaseModel):
    runtimeId: str
    version: str
    executable: str
    state: Literal["ready", "broken"]
    isDefault: bool


class RuntimeReply(RuntimeFacts):
    success: Literal[True]


class RuntimeList(BaseModel):
    success: Literal[True]
    runtimes: List[RuntimeFacts]


class ServerEndpoint(BaseModel):
    transport: Literal["http", "pipe", "rpc"]
    url: Optional[str] = None
    path: Optional[str] = None
    address: Optional[str] = None
    token: Optional[str] = None


class ServerFacts(BaseModel):
    name: str
    transport: Literal["http", "pipe", "rpc"]
    state: Literal["stopped", "starting", "running", "stopping", "failed"]
    environment: str
    pid: Optional[int]
    endpoint: Optional[ServerEndpoint]


class ServerReply(ServerFacts):
    success: Literal[True]


class ServerList(BaseModel):
    success: Literal[True]
    servers: List[ServerFacts]


class Progress(BaseModel):
    fraction: Optional[float]
    title: str
    detail: Optional[str]


class ProgressEvent(Progress):
    event: Literal["progress"]


class JobFacts(BaseModel):
    jobId: str
    command: str
    subject: str
    state: Literal["running", "succeeded", "failed", "cancelled"]
    progress: Progress
    problem: Optional[str]


class JobReply(JobFacts):
    success: Literal[True]


class JobList(BaseModel):
    success: Literal[True]
    jobs: List[JobFacts]
