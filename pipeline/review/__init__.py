"""pipeline.review"""
