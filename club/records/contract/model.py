"""A contract or an agreement: who buys what from whom, until when, and who pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from club.model.dates import PartialDate
from club.model.fields import (
    Citation,
    Claim,
    Count,
    Line,
    Many,
    Reference,
    Reliability,
    Share,
    Text,
    about,
)
from club.model.message import N_, P_, Choice
from club.model.money import Money
from club.model.record import Part, Record
from club.records.organisation.model import Organisation
from club.records.project.model import Project


class ContractObject(Choice):
    """What is bought."""

    EDITION = "edition", P_("contract", "edition")
    INTEGRATION = "integration", P_("contract", "integration")
    HOSTING = "hosting", P_("contract", "hosting")
    OPERATION = "operation", P_("contract", "operation")
    EVOLUTION = "evolution", P_("contract", "evolution")
    SUPPORT = "support", P_("contract", "support")


class ContractForm(Choice):
    """The legal form of a commitment."""

    CONTRACT = "contract", P_("contract", "public contract")
    PURCHASING_GROUP = "purchasing_group", P_("contract", "purchasing group")
    AGREEMENT = "agreement", P_("contract", "agreement")
    OTHER = "other", P_("contract", "another form")


class Procedure(Choice):
    """How the holder was chosen."""

    OPEN_CALL = "open_call", P_("procedure", "open call for tenders")
    RESTRICTED_CALL = "restricted_call", P_("procedure", "restricted call for tenders")
    NEGOTIATED = "negotiated", P_("procedure", "with negotiation")
    ADAPTED = "adapted", P_("procedure", "adapted procedure")
    DIALOGUE = "dialogue", P_("procedure", "competitive dialogue")
    OTHER = "other", P_("procedure", "another procedure")


class BuyerRole(Choice):
    """What a buyer does among the buyers."""

    BUYER = "buyer", P_("buyer", "buyer")
    COORDINATOR = "coordinator", P_("buyer", "coordinator")


class RenewalState(Choice):
    """Whether a renewal happens."""

    POSSIBLE = "possible", P_("renewal", "possible"), "accent"
    DECIDED = "decided", P_("renewal", "decided"), "good"
    DECLINED = "declined", P_("renewal", "declined"), "bad"


class Buyer(Part):
    """An organisation that buys or commits itself."""

    identity = ("organisation",)
    is_lasting = True

    organisation: Reference[Organisation] = about(
        N_("organisation"), N_("The id of an organisation.")
    )
    role: BuyerRole = about(N_("role"), N_("What it does in it."), default=BuyerRole.BUYER)
    reliability: Reliability | None = about(
        N_("reliability"), N_("How far this can be trusted."), default=None
    )
    note: Line | None = about(
        N_("note"), N_("What to know, and what is not verified."), default=None
    )


class Lot(Part):
    """A part of a contract with an object and a holder of its own."""

    identity = ("number",)
    is_lasting = True

    number: Count = about(N_("number"), N_("Its number."))
    title: Line | None = about(N_("title"), N_("What it is about."), default=None)
    objects: Many[ContractObject] = about(N_("objects"), N_("What is bought."), default=())
    holders: Many[Reference[Organisation]] = about(
        N_("holders"), N_("Those who provide it."), default=()
    )


class Funder(Part):
    """Who pays which share; an unknown share is left out, never 0."""

    identity = ("organisation",)
    is_lasting = True

    organisation: Reference[Organisation] = about(
        N_("organisation"), N_("The id of an organisation.")
    )
    share: Share | None = about(N_("share (%)"), N_("Its share, in per cent."), default=None)
    as_of: PartialDate | None = about(
        N_("as of"), N_("The date for which the share is true."), default=None
    )
    source: Citation | None = about(
        N_("source"),
        N_("Where the share is stated: the id of a source, or an address."),
        default=None,
    )


class Grant(Part):
    """Help from outside, which is not one of the shares that sum to 100."""

    identity = ("label",)

    label: Line = about(N_("label"), N_("Where it comes from."))
    share: Share | None = about(N_("share (%)"), N_("Its share, in per cent."), default=None)
    note: Line | None = about(N_("note"), N_("What to know about it."), default=None)
    as_of: PartialDate | None = about(
        N_("as of"), N_("The date for which the share is true."), default=None
    )
    source: Citation | None = about(
        N_("source"),
        N_("Where the share is stated: the id of a source, or an address."),
        default=None,
    )


class Renewal(Part):
    """A renewal that the contract allows, or that took place."""

    identity = ("number",)
    is_lasting = True

    number: Count = about(N_("number"), N_("Its number."))
    months: Count | None = about(N_("months"), N_("How long it lasts."), default=None)
    state: RenewalState = about(
        N_("state"), N_("Whether it happens."), default=RenewalState.POSSIBLE
    )
    date: PartialDate | None = about(N_("date"), N_("When it was decided."), default=None)
    note: Line | None = about(N_("note"), N_("What to know about it."), default=None)


class Amendment(Part):
    """A change of the contract in its course."""

    identity = ("number",)
    is_lasting = True

    number: Count = about(N_("number"), N_("Its number."))
    what: Line = about(N_("what changes"), N_("What it changes."))
    date: PartialDate | None = about(N_("date"), N_("When it was signed."), default=None)


class Contract(Record, kind="contract"):
    """A commitment of the projects: with its terms, as their sources state them."""

    for_members: ClassVar[frozenset[str]] = frozenset({"amount"})
    sums: ClassVar[Mapping[str, str]] = {"funding": "funding"}
    """Known shares sum to 100: of one that is not told, the others would tell."""

    title: Line = about(N_("title"), N_("The contract in one line."))
    projects: Many[Reference[Project]] = about(N_("projects"), N_("The projects it serves."))
    objects: Many[ContractObject] = about(
        N_("objects"),
        N_("What is bought: edition, integration, hosting, operation, evolution, support."),
        default=(),
    )
    buyers: tuple[Buyer, ...] = about(N_("buyers"), N_("Who buys, or commits itself."), default=())
    holders: Many[Reference[Organisation]] = about(
        N_("holders"), N_("Those who provide it."), default=()
    )
    form: ContractForm | None = about(N_("form"), N_("Its legal form."), default=None)
    procedure: Procedure | None = about(
        N_("procedure"), N_("How the holders were chosen."), default=None
    )
    lots: tuple[Lot, ...] = about(
        N_("lots"), N_("Its parts, where each has an object or holders of its own."), default=()
    )
    funding: tuple[Funder, ...] = about(
        N_("funding"), N_("Who pays which share; known shares sum to 100."), default=()
    )
    grants: tuple[Grant, ...] = about(
        N_("grants"), N_("Help from outside, beside the shares."), default=()
    )
    amount: Many[Claim[Money]] = about(
        N_("amount"),
        N_("For members unless “amount: public” under “audience” says otherwise."),
        default=(),
    )
    start: Many[Claim[PartialDate]] = about(N_("start"), N_("When it begins."), default=())
    duration_months: Many[Claim[Count]] = about(
        N_("duration in months"),
        N_("From its start to its end, decided renewals included."),
        default=(),
    )
    end: Many[Claim[PartialDate]] = about(
        N_("end"), N_("When it ends, decided renewals included."), default=()
    )
    renewals: tuple[Renewal, ...] = about(
        N_("renewals"), N_("Those it allows and those that took place."), default=()
    )
    amendments: tuple[Amendment, ...] = about(
        N_("amendments"), N_("What was changed in its course."), default=()
    )
    summary: Text | None = about(
        N_("summary"), N_("The contract in a few sentences."), default=None
    )
    sources: Many[Citation] = about(N_("sources"), N_("The documents that report it."), default=())

    @property
    def every_holder(self) -> tuple[Reference[Organisation], ...]:
        """Those of the contract, then those of its lots alone."""
        held = (*self.holders, *(each for lot in self.lots for each in lot.holders))
        return tuple(dict.fromkeys(held))

    def holders_of(self, *objects: ContractObject) -> tuple[Reference[Organisation], ...]:
        """Who provides any of *objects*: by lots where lots say it, or else all its holders."""
        lots = [lot for lot in self.lots if not set(objects).isdisjoint(lot.objects)]
        if any(lot.holders for lot in lots):
            return tuple(dict.fromkeys(each for lot in lots for each in lot.holders))
        return self.every_holder if not set(objects).isdisjoint(self.objects) else ()
